package dev.bistro.feed.redis;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisConnection;
import dev.bistro.data.redis.RedisReply;
import dev.bistro.data.redis.RedisState;
import dev.bistro.feed.FeedId;
import dev.bistro.feed.store.ReadingLoop;
import dev.bistro.feed.store.StoredItem;
import dev.bistro.feed.store.Tail;
import dev.bistro.feed.store.Tails;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the followers of all feeds what is new, by a connection of its own, which waits until one of the streams has an
 * item. Once a second all feeds are looked at, so that one that was emptied is noticed.
 *
 * <pre>
 *   connect ──▶ in which life is it? ──▶ read feeds ──▶ wait for an item, or a second
 *      ▲                                   ▲  │                    │
 *      └── pause ◀── it broke ─────────────┼──┘                    │
 *                                          └───────────────────────┘
 * </pre>
 */
final class StreamReader implements Tails, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final ReadingLoop loop = new ReadingLoop("Redis", this::read);
    private final Redis redis;
    private volatile String life;
    private volatile Optional<RedisConnection> waiting = Optional.empty();
    private volatile String waitingId = "";

    /**
     * Starts it.
     *
     * @param life of the server at this moment
     */
    StreamReader(Redis redis, String life) {
        this.redis = redis;
        this.life = life;
        loop.start();
    }

    /** The life of the server that feeds were last read from. */
    String life() {
        return life;
    }

    /** Has the feed's items at once, so that no client that comes back is told that its place is unknown. */
    @Override
    public void follow(Tail<?> tail) {
        loop.add(tail);
        if (loop.isLost()) {
            return; // the thread reads it as soon as it can
        }
        boolean isLifeKnown = waiting.map(RedisConnection::isOpen).orElse(true); // or the thread compares it soon
        try {
            read(redis::call, tail, isLifeKnown);
        } catch (IOException e) {
            LOG.warn("The feed {} can't be read yet", tail.feed(), e);
        }
        if (!waitingId.isEmpty()) {
            redis.send("client", "unblock", waitingId); // if that fails, it waits for a second at most
        }
    }

    @Override
    public void forget(Tail<?> tail) {
        loop.remove(tail);
    }

    int history(String feed) {
        return loop.history(feed);
    }

    private void read(FeedStreams.Caller caller, Tail<?> tail, boolean isNewLife) throws IOException {
        boolean isTold;
        synchronized (tail) {
            isTold = tell(caller, tail, isNewLife);
        }
        if (isTold) {
            tail.wake();
        }
    }

    /** Tells what is new. Whoever calls it has the tail's lock. */
    private boolean tell(FeedStreams.Caller caller, Tail<?> tail, boolean isNewLife) throws IOException {
        boolean isTold = false;
        while (true) {
            Optional<FeedId> known = tail.known();
            FeedStreams.Found found = FeedStreams.read(caller, tail.feed(), life, isNewLife, known);
            if (known.isEmpty() || !found.followsOn(known.get())) {
                begin(caller, tail);
                return true;
            }
            tail.append(found.items());
            isTold |= !found.items().isEmpty();
            if (!found.isFull()) {
                return isTold;
            }
        }
    }

    /** Begins with the history, and one item more, whose id is the one before it. */
    private void begin(FeedStreams.Caller caller, Tail<?> tail) throws IOException {
        FeedStreams.Found found = FeedStreams.newest(caller, tail.feed(), life, tail.history() + 1);
        List<StoredItem> items = found.items();
        if (items.size() > tail.history()) {
            tail.begin(items.get(0).id(), items.subList(1, items.size()));
        } else if (items.isEmpty()) {
            tail.begin(found.last(), items);
        } else {
            FeedId first = items.get(0).id();
            tail.begin(new FeedId(first.epoch(), first.major() - 1, 0), items);
        }
    }

    private void read() throws IOException {
        try (RedisConnection connection = redis.connect()) {
            waiting = Optional.of(connection);
            follow(connection);
        } finally {
            waitingId = "";
        }
    }

    private void follow(RedisConnection connection) throws IOException {
        life = RedisState.of(connection, redis.limit()).life();
        String id = "" + connection.call(redis.limit(), "client", "id").number();
        FeedStreams.Caller caller =
                (script, keys, arguments) -> connection.call(redis.limit(), script, keys, arguments);
        Set<String> changed = Set.of();
        boolean isNewLife = true;
        long allReadNanos = 0;
        while (!loop.isClosed()) {
            boolean isAll = isNewLife || System.nanoTime() - allReadNanos >= LONGEST_WAIT.toNanos();
            for (Tail<?> tail : loop.tails()) {
                if (isAll
                        || changed.contains(FeedStreams.items(tail.feed()))
                        || tail.known().isEmpty()) {
                    read(caller, tail, isNewLife);
                }
            }
            if (isAll) {
                allReadNanos = System.nanoTime();
                isNewLife = false;
            }
            loop.works();
            waitingId = id;
            changed = awaitItems(connection);
        }
    }

    /** Waits until streams have something new, or for a second. */
    private Set<String> awaitItems(RedisConnection connection) throws IOException {
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Tail<?> tail : loop.tails()) {
            tail.known().ifPresent(known -> {
                keys.add(FeedStreams.items(tail.feed()));
                ids.add(known.major() + "-" + known.minor());
            });
        }
        if (keys.isEmpty()) {
            keys.add(FeedStreams.items("")); // no feed has this name: somebody who begins to follow one ends the wait
            ids.add("0-0");
        }
        List<String> words =
                new ArrayList<>(List.of("xread", "count", "1", "block", "" + LONGEST_WAIT.toMillis(), "streams"));
        words.addAll(keys);
        words.addAll(ids);
        RedisReply reply = connection.call(LONGEST_WAIT.plus(redis.limit()), words.toArray(String[]::new));
        var changed = new HashSet<String>();
        for (int i = 0; i < reply.size(); i++) {
            RedisReply stream = reply.list(i);
            if (stream.size() > 0) {
                changed.add(stream.text(0));
            }
        }
        return changed;
    }

    @Override
    public void close() {
        loop.close();
        waiting.ifPresent(RedisConnection::close);
        loop.join();
    }
}
