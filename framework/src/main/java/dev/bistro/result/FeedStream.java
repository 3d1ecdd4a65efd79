package dev.bistro.result;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.http.spi.LiveBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** A feed as a body without end: first the items after an id, then each new one. */
final class FeedStream<T> implements LiveBody {
    private static final byte[] NOTHING = {};

    private final Feed<T> feed;
    private final String since;
    private final StreamFormat<T> format;
    private FeedCursor<T> cursor;
    private boolean begun;

    /**
     * How the stream is written.
     *
     * @param encoder writes the items
     * @param beginning the first text, which may be empty, by the position at which the stream begins
     * @param heartbeat bytes without meaning, which are sent while there are no items
     */
    record StreamFormat<T>(FeedEncoder<T> encoder, Function<FeedCursor<T>, String> beginning, byte[] heartbeat) {}

    FeedStream(Feed<T> feed, String since, StreamFormat<T> format) {
        this.feed = feed;
        this.since = since;
        this.format = format;
    }

    @Override
    public void start(Runnable wake) {
        cursor = feed.follow(since, wake);
    }

    @Override
    public byte[] next() {
        byte[] first = begun ? NOTHING : beginning();
        return first.length > 0 ? first : cursor.next(format.encoder);
    }

    private byte[] beginning() {
        begun = true;
        return format.beginning.apply(cursor).getBytes(StandardCharsets.UTF_8);
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
        return format.heartbeat;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}
