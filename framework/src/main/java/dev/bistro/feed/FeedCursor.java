package dev.bistro.feed;

/**
 * Reads a feed on, each item once and in order, at the pace of one client. Belongs to one thread at a time. To be closed; it is of no use then.
 *
 * <pre>{@code
 * try (FeedCursor<Price> cursor = feed.follow(Feed.LATEST, wake)) {   // wake.run() says that there may be more
 *     cursor.next().items().forEach(item -> show(item.data()));
 * }
 * }</pre>
 *
 * <p>One that is left behind, so that what it would read next has left the history, is told so by a reset, and goes on with the oldest item.
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

    /** The id of the item that was read last, or of the place where it began. */
    public String position() {
        return position.after().toString();
    }

    /** Whether the next thing to read is that something is missing. */
    public boolean isReset() {
        return position.reset();
    }

    /** All that there is to read. */
    public FeedPage<T> next() {
        History.Part<T> part = history.part(position);
        position = part.position();
        return part.page();
    }

    /** The next item as bytes, or that something is missing; an empty array if there is nothing to read. The array must not be changed: others get the same. */
    public byte[] next(FeedEncoder<T> encoder) {
        History.Step<T> step = history.step(position);
        byte[] bytes = step.position().reset()
                ? encoder.reset(step.position().after().toString())
                : step.entry().map(entry -> entry.encoded(encoder)).orElse(NOTHING);
        position = step.position().withResetTold();
        return bytes;
    }

    /** Whether nothing will come any more: the feed is closed. What was published before can still be read. */
    public boolean isComplete() {
        return feed.isClosed();
    }

    @Override
    public void close() {
        feed.leave(this);
    }
}
