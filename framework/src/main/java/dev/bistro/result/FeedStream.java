package dev.bistro.result;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.http.spi.LiveBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** A feed as a body without an end: what there is after an id, then what comes. */
final class FeedStream<T> implements LiveBody {
    private static final byte[] NOTHING = {};

    private final Feed<T> feed;
    private final String since;
    private final Layout<T> layout;
    private FeedCursor<T> cursor;
    private boolean begun;

    /**
     * How it is written.
     *
     * @param encoder writes the items
     * @param beginning what comes first, given the place where it begins; it may be empty
     * @param heartbeat what says nothing
     */
    record Layout<T>(FeedEncoder<T> encoder, Function<FeedCursor<T>, String> beginning, byte[] heartbeat) {}

    FeedStream(Feed<T> feed, String since, Layout<T> layout) {
        this.feed = feed;
        this.since = since;
        this.layout = layout;
    }

    @Override
    public void start(Runnable wake) {
        cursor = feed.follow(since, wake);
    }

    @Override
    public byte[] next() {
        byte[] first = begun ? NOTHING : beginning();
        return first.length > 0 ? first : cursor.next(layout.encoder);
    }

    private byte[] beginning() {
        begun = true;
        return layout.beginning.apply(cursor).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
        return cursor.isComplete();
    }

    @Override
    public Duration heartbeatInterval() {
        return feed.settings().heartbeat();
    }

    @Override
    public byte[] heartbeat() {
        return layout.heartbeat;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
