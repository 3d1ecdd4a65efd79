package dev.bistro.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Feeds by key, made when they are first asked for: a room each, a user each. There are only so many at a time: for a new one, one is closed that nobody follows. An empty
 * one if there is any, so that nobody makes the others forget what was said by only looking for new ones; else that which was used longest ago.
 *
 * <pre>{@code
 * Feeds<Message> rooms = Feeds.create(100, name -> Feed.create());
 * rooms.open("kitchen").orElseThrow(() -> new HttpException(Status.SERVICE_UNAVAILABLE, "There are too many rooms")).publish(message);
 * }</pre>
 */
public final class Feeds<T> implements AutoCloseable {
    private final int max;
    private final Function<String, Feed<T>> factory;
    private final Map<String, Feed<T>> feeds = new LinkedHashMap<>(16, 0.75f, true); // in the order of their use
    private boolean closed;

    private Feeds(int max, Function<String, Feed<T>> factory) {
        this.max = max;
        this.factory = factory;
    }

    /**
     * Feeds that a function makes of their keys.
     *
     * @param max how many there are at the most
     * @param factory makes a feed; quickly, since others wait meanwhile
     * @throws IllegalArgumentException if there may be none
     */
    public static <T> Feeds<T> create(int max, Function<String, Feed<T>> factory) {
        if (max < 1) {
            throw new IllegalArgumentException("At most " + max + " feeds");
        }
        return new Feeds<>(max, factory);
    }

    /** The feed of a key, if there is one. */
    public synchronized Optional<Feed<T>> find(String key) {
        return Optional.ofNullable(feeds.get(key));
    }

    /** The feed of a key; empty if it would be one too many, and all others are followed. */
    public synchronized Optional<Feed<T>> open(String key) {
        Feed<T> known = feeds.get(key);
        if (known != null || closed || !hasRoom()) {
            return Optional.ofNullable(known);
        }
        Feed<T> made = factory.apply(key);
        feeds.put(key, made);
        return Optional.of(made);
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

    /** How many there are. */
    public synchronized int size() {
        return feeds.size();
    }

    /** Closes them all. */
    @Override
    public synchronized void close() {
        closed = true;
        feeds.values().forEach(Feed::close);
        feeds.clear();
    }
}
