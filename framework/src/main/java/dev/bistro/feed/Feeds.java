package dev.bistro.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Feeds by key, created when they are first asked for: one for each room, or for each user. Their number is limited:
 * when a new one would exceed it, one without followers is closed. That is an empty one if there is any, so that
 * clients who only look for new feeds don't make the others lose their items; otherwise the one that was used longest
 * ago.
 *
 * <pre>{@code
 * Feeds<Message> rooms = Feeds.create(100, name -> Feed.create());
 * rooms.open("kitchen")
 *         .orElseThrow(() -> new HttpException(Status.SERVICE_UNAVAILABLE, "There are too many rooms"))
 *         .publish(message);
 * }</pre>
 */
public final class Feeds<T> implements AutoCloseable {
    private final int max;
    private final Function<String, Feed<T>> factory;
    private final Map<String, Feed<T>> feeds = new LinkedHashMap<>(16, 0.75f, true); // least recently used first
    private boolean closed;

    private Feeds(int max, Function<String, Feed<T>> factory) {
        this.max = max;
        this.factory = factory;
    }

    /**
     * Feeds that a function creates by their keys.
     *
     * @param max the largest number of feeds at a time
     * @param factory creates a feed. It must be quick, since it holds a lock
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public static <T> Feeds<T> create(int max, Function<String, Feed<T>> factory) {
        if (max < 1) {
            throw new IllegalArgumentException("At most " + max + " feeds");
        }
        return new Feeds<>(max, factory);
    }

    /** The feed of a key; empty if it hasn't been created. */
    public synchronized Optional<Feed<T>> find(String key) {
        return Optional.ofNullable(feeds.get(key));
    }

    /** The feed of a key, created if necessary; empty if there are too many, and all of them have followers. */
    public synchronized Optional<Feed<T>> open(String key) {
        Feed<T> known = feeds.get(key);
        if (known != null || closed || !hasRoom()) {
            return Optional.ofNullable(known);
        }
        Feed<T> created = factory.apply(key);
        feeds.put(key, created);
        return Optional.of(created);
    }

    private boolean hasRoom() {
        return feeds.size() < max || closeFirst(Feed::isEmpty) || closeFirst(feed -> true);
    }

    private boolean closeFirst(Predicate<Feed<T>> which) {
        var eldestFirst = feeds.values().iterator();
        while (eldestFirst.hasNext()) {
            Feed<T> feed = eldestFirst.next();
            if (feed.followers() == 0 && which.test(feed)) {
                eldestFirst.remove();
                feed.close();
                return true;
            }
        }
        return false;
    }

    /** The number of feeds. */
    public synchronized int size() {
        return feeds.size();
    }

    /** Closes all feeds. */
    @Override
    public synchronized void close() {
        closed = true;
        feeds.values().forEach(Feed::close);
        feeds.clear();
    }
}
