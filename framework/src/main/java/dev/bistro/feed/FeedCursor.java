package dev.bistro.feed;

/**
 * Reads a feed from a place on: each item once and in order, at the pace of one client. Belongs to one thread at a
 * time. It must be closed.
 *
 * <pre>{@code
 * try (FeedCursor<Price> cursor = feed.follow(Feed.LATEST, wake)) {   // wake.run() is called when there may be more
 *     cursor.next().items().forEach(item -> show(item.data()));
 * }
 * }</pre>
 *
 * <p>If the item that it would read next has left the history, it gives a reset, and goes on with the oldest item.
 */
public final class FeedCursor<T> implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Feed<T> feed;
    private final History<T> history;
    private final Runnable wake;
    private HistoryPosition position;

    FeedCursor(Feed<T> feed, History<T> history, HistoryPosition start, Runnable wake) {
        this.feed = feed;
        this.history = history;
        this.position = start;
        this.wake = wake;
    }

    void wake() {
        wake.run();
    }

    /** The id of the item that was read last, or of the place where the cursor began. */
    public String position() {
        return position.after().toString();
    }

    /** Whether the next thing to read is a reset: items are missing. */
    public boolean isReset() {
        return position.reset();
    }

    /** Reads all items up to the end. */
    public FeedPage<T> next() {
        History.Part<T> part = history.part(position);
        position = part.position();
        return part.page();
    }

    /**
     * Reads the next item, or a reset, as bytes. Gives an empty array if there is nothing to read. The array must not
     * be changed: other cursors get the same one.
     */
    public byte[] next(FeedEncoder<T> encoder) {
        History.Step<T> step = history.step(position);
        byte[] bytes = step.position().reset()
                ? encoder.reset(step.position().after().toString())
                : step.entry().map(entry -> entry.encoded(encoder)).orElse(NOTHING);
        position = step.position().withResetTold();
        return bytes;
    }

    /** Whether the feed is closed, so that no item will follow. Those published before can still be read. */
    public boolean isComplete() {
        return feed.isClosed();
    }

    @Override
    public void close() {
        feed.leave(this);
    }
}
