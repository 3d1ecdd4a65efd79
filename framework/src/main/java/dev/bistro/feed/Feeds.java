package dev.bistro.feed;

import java.util.LinkedHashMap;
import java.util.List;
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
    private final Map<String, Slot<T>> feeds = new LinkedHashMap<>(16, 0.75f, true); // least recently used first
    private boolean closed;

    private Feeds(int max, Function<String, Feed<T>> factory) {
        this.max = max;
        this.factory = factory;
    }

    /** The place of a feed, which others wait for while it is created: a stored one is read first. */
    private static final class Slot<T> {
        private volatile Feed<T> feed; // null until it is created
        private volatile boolean isClosed;
        private RuntimeException fault; // null unless it couldn't be created

        synchronized Feed<T> open(String key, Function<String, Feed<T>> factory) {
            if (fault != null) {
                throw fault;
            }
            if (feed == null) {
                create(key, factory);
            }
            return feed;
        }

        private void create(String key, Function<String, Feed<T>> factory) {
            try {
                feed = factory.apply(key);
                if (isClosed) {
                    feed.close();
                }
            } catch (RuntimeException e) {
                fault = e;
                throw e;
            }
        }

        Optional<Feed<T>> created() {
            return Optional.ofNullable(feed);
        }

        /** Doesn't wait: a feed that is being created is closed then. */
        void close() {
            isClosed = true;
            created().ifPresent(Feed::close);
        }
    }

    /**
     * Feeds that a function creates by their keys.
     *
     * @param max the largest number of feeds at a time
     * @param factory creates a feed; whoever asks for the same one waits for it, and nobody else
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
        return Optional.ofNullable(feeds.get(key)).flatMap(Slot::created);
    }

    /** The feed of a key, created if necessary; empty if there are too many, and all of them have followers. */
    public Optional<Feed<T>> open(String key) {
        Optional<Slot<T>> slot = slot(key);
        try {
            return slot.map(there -> there.open(key, factory));
        } finally {
            slot.filter(there -> there.created().isEmpty()).ifPresent(failed -> remove(key, failed));
        }
    }

    private synchronized Optional<Slot<T>> slot(String key) {
        Slot<T> known = feeds.get(key);
        if (known != null || closed || !hasRoom()) {
            return Optional.ofNullable(known);
        }
        var made = new Slot<T>();
        feeds.put(key, made);
        return Optional.of(made);
    }

    private synchronized void remove(String key, Slot<T> failed) {
        feeds.remove(key, failed);
    }

    private boolean hasRoom() {
        return feeds.size() < max || closeFirst(Feed::isEmpty) || closeFirst(feed -> true);
    }

    /** One that is being created stays: somebody is about to use it. */
    private boolean closeFirst(Predicate<Feed<T>> which) {
        var eldestFirst = feeds.values().iterator();
        while (eldestFirst.hasNext()) {
            Optional<Feed<T>> feed = eldestFirst
                    .next()
                    .created()
                    .filter(created -> created.followers() == 0)
                    .filter(which);
            if (feed.isPresent()) {
                eldestFirst.remove();
                feed.get().close();
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
    public void close() {
        List<Slot<T>> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(feeds.values());
            feeds.clear();
        }
        last.forEach(Slot::close);
    }
}
