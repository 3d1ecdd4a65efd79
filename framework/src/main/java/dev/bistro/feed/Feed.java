package dev.bistro.feed;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bounded, ordered history of items that any thread publishes to and any number of clients follow. A controller
 * returns it; the client's {@code Accept} and query choose how it is delivered: as a list, as a long poll, as
 * server-sent events, or as lines of JSON.
 *
 * <pre>{@code
 * @Route("/prices")
 * final class Prices {
 *     private final Feed<Price> prices = Feed.create();
 *
 *     @Get
 *     Feed<Price> prices() {
 *         return prices;              // curl -N -H 'Accept: text/event-stream' http://localhost:8080/prices
 *     }
 *
 *     @Post
 *     void add(Price price) {
 *         prices.publish(price);
 *     }
 * }
 * }</pre>
 *
 * <p>Clients pull: each has a place in the history, and reads on when it can take more, so a slow one costs no memory.
 * If the item that it would read next has left the history, it gets a <em>reset</em> and goes on with the oldest item.
 * It also gets a reset if its id is of another epoch: a history in memory begins anew with each process.
 */
public final class Feed<T> implements AutoCloseable {
    /** The place before the oldest item: {@code feed.read(Feed.START)} is the whole history. */
    public static final String START = "";

    /** The place after the newest item. */
    public static final String LATEST = "latest";

    /** The event name of items that were published without one. */
    public static final String MESSAGE = "message";

    private static final String RESET = "reset";

    private static final LongAdder FOLLOWERS_OF_ALL = new LongAdder();

    private final FeedSettings settings;
    private final FeedStore<T> store;
    private final History<T> history;
    private final Set<FeedCursor<T>> cursors = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Feed(FeedSettings settings, FeedStore<T> store) {
        this.settings = settings;
        this.store = store;
        this.history = new History<>(settings.history());
    }

    /** A feed in memory, with {@link FeedSettings#DEFAULTS}. */
    public static <T> Feed<T> create() {
        return create(FeedSettings.DEFAULTS);
    }

    /** A feed in memory. */
    public static <T> Feed<T> create(FeedSettings settings) {
        return create(settings, new MemoryFeedStore<>());
    }

    /** A feed whose items are kept in a store. The feed owns the store, and closes it. */
    public static <T> Feed<T> create(FeedSettings settings, FeedStore<T> store) {
        var feed = new Feed<>(settings, store);
        store.open(settings.history(), feed.new CopyToHistory());
        return feed;
    }

    /** Copies what the store tells into the history. */
    private final class CopyToHistory implements FeedStore.Follower<T> {
        @Override
        public void begins(FeedId before) {
            history.begin(before);
        }

        @Override
        public void appended(FeedId id, String event, T data) {
            history.add(new HistoryEntry<>(id, event, data));
        }

        @Override
        public void wake() {
            wakeAll();
        }
    }

    /** Wakes all cursors, also those after one whose wake throws. */
    private void wakeAll() {
        RuntimeException fault = null;
        for (FeedCursor<T> cursor : cursors) {
            try {
                cursor.wake();
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
    }

    /** How the feed is delivered. */
    public FeedSettings settings() {
        return settings;
    }

    // ---- publishing

    /**
     * Adds an item at the end. Any thread may call it. In a transaction ({@code @Transactional}) it goes out when that
     * is committed, and not at all if it is rolled back.
     *
     * @return completes with the item when the store has it: in memory, at once. Fails if it can't be stored, or the
     *     feed is closed
     */
    public CompletionStage<FeedItem<T>> publish(T data) {
        return publish(MESSAGE, data);
    }

    /**
     * Adds an item with an event name: {@code publish("joined", user)}. In server-sent events it is the event's type.
     *
     * @throws IllegalArgumentException if the name is empty, has a control character, or is {@code reset}, which the
     *     feed uses itself
     */
    public CompletionStage<FeedItem<T>> publish(String event, T data) {
        Objects.requireNonNull(data, "data");
        if (event.isEmpty() || event.equals(RESET) || event.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a name for an event: \"" + event + "\"");
        }
        return HeldPublications.publish(() -> append(event, data));
    }

    private CompletionStage<FeedItem<T>> append(String event, T data) {
        return closed
                ? CompletableFuture.failedFuture(new IllegalStateException("The feed is closed"))
                : store.append(event, data).thenApply(id -> new FeedItem<>(id.toString(), event, data));
    }

    // ---- reading

    /**
     * Reads the items after a place, without waiting.
     *
     * @param since the id of an item, {@link #START} or {@link #LATEST}. An unknown id gives the whole history, with a
     *     reset
     */
    public FeedPage<T> read(String since) {
        return history.part(position(since)).page();
    }

    private HistoryPosition position(String since) {
        return switch (since) {
            case START -> history.start();
            case LATEST -> history.latest();
            default -> history.after(FeedId.parse(since));
        };
    }

    /**
     * Reads the items after a place as soon as there is one. No thread waits. Cancel the future to stop waiting.
     *
     * @param since as in {@link #read}
     * @param wait the longest wait; {@link FeedSettings#maxWait} if that is less. The page is empty after that time,
     *     and if the feed is closed
     */
    public CompletableFuture<FeedPage<T>> await(String since, Duration wait) {
        HistoryPosition start = position(since);
        FeedPage<T> now = history.part(start).page();
        if (now.hasChanges() || wait.isZero() || wait.isNegative() || closed) {
            return CompletableFuture.completedFuture(now);
        }
        var page = new CompletableFuture<FeedPage<T>>();
        FeedCursor<T> waiting = enter(start, () -> completeIfNew(start, page));
        page.whenComplete((result, fault) -> waiting.close());
        completeIfNew(start, page); // an item may have come before the cursor was there to be woken
        Duration shorter = wait.compareTo(settings.maxWait()) < 0 ? wait : settings.maxWait();
        return page.completeOnTimeout(now, shorter.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void completeIfNew(HistoryPosition start, CompletableFuture<FeedPage<T>> waiting) {
        FeedPage<T> page = history.part(start).page();
        if (page.hasChanges() || closed) {
            waiting.complete(page);
        }
    }

    /**
     * Follows the feed from a place on, by a cursor that must be closed.
     *
     * @param since as in {@link #read}
     * @param wake called whenever there may be something to read: by any thread, perhaps by several at once. It must be
     *     quick. What it throws goes to the publisher
     */
    public FeedCursor<T> follow(String since, Runnable wake) {
        return enter(position(since), wake);
    }

    private FeedCursor<T> enter(HistoryPosition start, Runnable wake) {
        var cursor = new FeedCursor<>(this, history, start, wake);
        cursors.add(cursor);
        FOLLOWERS_OF_ALL.increment();
        return cursor;
    }

    void leave(FeedCursor<T> cursor) {
        if (cursors.remove(cursor)) {
            FOLLOWERS_OF_ALL.decrement();
        }
    }

    /** The number of cursors and waiting clients at this moment. */
    public int followers() {
        return cursors.size();
    }

    /** The number of cursors and waiting clients of all feeds in this process, at this moment. */
    public static long followersOfAll() {
        return Math.max(0, FOLLOWERS_OF_ALL.sum()); // read while one comes and another goes
    }

    boolean isEmpty() {
        return history.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes the feed: nothing can be published any more, streams end, and clients that wait get an empty page. */
    @Override
    public void close() {
        closed = true;
        wakeAll();
        store.close();
    }
}
