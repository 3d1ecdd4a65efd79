package dev.bistro.feed;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * News: a bounded, ordered history that producers publish to, by any thread, and that any number of clients follow. A controller returns it, and the client's {@code Accept}
 * and query choose how it comes: as a list, as a long poll, as server-sent events, or as lines of JSON.
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
 * <p>Clients pull: each has a place in the history, and reads on when it can take more. So a slow one costs no memory; if what it would read next has left the
 * history, it is told so by a <em>reset</em>, and goes on with the oldest item. The same reset tells a client that its id is from another life of the history:
 * in memory, it begins anew with the process.
 */
public final class Feed<T> implements AutoCloseable {
    /** Before the oldest item: {@code feed.read(Feed.START)} is the whole history. */
    public static final String START = "";

    /** After the newest item. */
    public static final String LATEST = "latest";

    /** The event of items that were published without one. */
    public static final String MESSAGE = "message";

    private static final String RESET = "reset";

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

    /** A feed whose items are kept in a store, which is the feed's from then on. */
    public static <T> Feed<T> create(FeedSettings settings, FeedStore<T> store) {
        var feed = new Feed<>(settings, store);
        store.open(settings.history(), feed.new Copy());
        return feed;
    }

    /** Takes into the history what the store tells. */
    private final class Copy implements FeedStore.Follower<T> {
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

    /** Wakes all, also those that come after one whose wake fails. */
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

    /** How it is delivered. */
    public FeedSettings settings() {
        return settings;
    }

    // ---- publishing

    /**
     * Adds an item at the end. May be called by any thread.
     *
     * @return the item, when it is kept: in memory, at once. Fails if it can't be kept, or the feed is closed
     */
    public CompletionStage<FeedItem<T>> publish(T data) {
        return publish(MESSAGE, data);
    }

    /**
     * Adds an item of a kind: {@code publish("joined", user)}. For server-sent events it is the event's type.
     *
     * @throws IllegalArgumentException if the event's name is empty, has a control character, or is {@code reset}, which is the feed's own
     */
    public CompletionStage<FeedItem<T>> publish(String event, T data) {
        Objects.requireNonNull(data, "data");
        if (event.isEmpty() || event.equals(RESET) || event.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a name for an event: \"" + event + "\"");
        }
        return closed
                ? CompletableFuture.failedFuture(new IllegalStateException("The feed is closed"))
                : store.append(event, data).thenApply(id -> new FeedItem<>(id.toString(), event, data));
    }

    // ---- reading

    /**
     * What there is after an item, without waiting.
     *
     * @param since its id, {@link #START} or {@link #LATEST}. An id that isn't known gives everything, with a reset
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
     * What there is after an item, as soon as there is something. No thread waits; who is not interested any more cancels the future.
     *
     * @param since as in {@link #read}
     * @param wait how long it takes at the most; {@link FeedSettings#maxWait} if that is less. The page is empty after it, and if the feed is closed
     */
    public CompletableFuture<FeedPage<T>> await(String since, Duration wait) {
        HistoryPosition start = position(since);
        FeedPage<T> now = history.part(start).page();
        if (!now.saysNothing() || wait.isZero() || wait.isNegative() || closed) {
            return CompletableFuture.completedFuture(now);
        }
        var page = new CompletableFuture<FeedPage<T>>();
        FeedCursor<T> waiting = enter(start, () -> look(start, page));
        page.whenComplete((there, fault) -> waiting.close());
        look(start, page); // it may have come before we were there to be woken
        Duration shorter = wait.compareTo(settings.maxWait()) < 0 ? wait : settings.maxWait();
        return page.completeOnTimeout(now, shorter.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(HistoryPosition start, CompletableFuture<FeedPage<T>> waiting) {
        FeedPage<T> page = history.part(start).page();
        if (!page.saysNothing() || closed) {
            waiting.complete(page);
        }
    }

    /**
     * Follows it from an item on, by a cursor that is to be closed.
     *
     * @param since as in {@link #read}
     * @param wake called by any thread, perhaps by several at once, whenever there may be something to read; it must be quick. What it
     *     throws goes to the publisher
     */
    public FeedCursor<T> follow(String since, Runnable wake) {
        return enter(position(since), wake);
    }

    private FeedCursor<T> enter(HistoryPosition start, Runnable wake) {
        var cursor = new FeedCursor<>(this, history, start, wake);
        cursors.add(cursor);
        return cursor;
    }

    void leave(FeedCursor<T> cursor) {
        cursors.remove(cursor);
    }

    /** How many follow it, or wait for it, at this moment. */
    public int followers() {
        return cursors.size();
    }

    boolean isEmpty() {
        return history.isEmpty();
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends it: nothing can be published any more, streams end, and who waits gets an empty page. */
    @Override
    public void close() {
        closed = true;
        wakeAll();
        store.close();
    }
}
