package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.FeedStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a follower of a feed has been told of the stored items. Whoever reads on holds its lock from reading the
 * place to telling what comes after it, and then wakes without it.
 */
public final class Tail<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

    private final String feed;
    private final Class<T> type;
    private final int history;
    private final ItemCodec codec;
    private final FeedStore.Follower<T> follower;
    private FeedId known; // null until the follower has been told where it begins
    private boolean isClosed;

    Tail(String feed, Class<T> type, int history, ItemCodec codec, FeedStore.Follower<T> follower) {
        this.feed = feed;
        this.type = type;
        this.history = history;
        this.codec = codec;
        this.follower = follower;
    }

    /** The feed's name. */
    public String feed() {
        return feed;
    }

    /** How many items are kept. */
    public int history() {
        return history;
    }

    /** The last id that the follower knows; empty before {@link #begin}. */
    public synchronized Optional<FeedId> known() {
        return Optional.ofNullable(known);
    }

    /** Tells that the items after an id are all that there are. */
    public synchronized void begin(FeedId before, List<StoredItem> items) {
        if (!isClosed) {
            known = before;
            follower.begins(before);
            append(items);
        }
    }

    /** Tells of items that come right after those that are known. */
    public synchronized void append(List<StoredItem> items) {
        for (StoredItem item : items) {
            if (isClosed) {
                return;
            }
            known = item.id();
            tell(item);
        }
    }

    private void tell(StoredItem item) {
        T data;
        try {
            data = codec.read(item.data(), type);
        } catch (RuntimeException e) {
            LOG.error("Item {} of the feed {} is left out, since it can't be read as {}", item.id(), feed, type, e);
            return;
        }
        follower.appended(item.id(), item.event(), data);
    }

    /** Wakes the clients that wait. Whoever calls it doesn't hold the lock. */
    public void wake() {
        try {
            follower.wake();
        } catch (RuntimeException e) {
            LOG.error("A client of the feed {} can't be woken", feed, e);
        }
    }

    synchronized void close() {
        isClosed = true;
    }
}
