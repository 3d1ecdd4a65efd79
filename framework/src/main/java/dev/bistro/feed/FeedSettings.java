package dev.bistro.feed;

import java.time.Duration;

/**
 * How a feed is delivered.
 *
 * <pre>{@code
 * Feed.create(FeedSettings.DEFAULTS.withHistory(100));
 * }</pre>
 *
 * @param history how many of the newest items are kept
 * @param maxWait the longest wait of a long poll; a client that asks for more gets this
 * @param heartbeat a stream on which nothing was sent for so long gets an empty message, so that each side notices when
 *     the other has gone
 * @param retry how long a browser waits before it reconnects
 */
public record FeedSettings(int history, Duration maxWait, Duration heartbeat, Duration retry) {
    /**
     * 1,000 items; waits of at most 50 seconds, which is less than proxies usually allow; a heartbeat every 15 seconds;
     * reconnection after 2 seconds.
     */
    public static final FeedSettings DEFAULTS =
            new FeedSettings(1_000, Duration.ofSeconds(50), Duration.ofSeconds(15), Duration.ofSeconds(2));

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the history is less than 1, a duration is negative, or the heartbeat is less
     *     than a millisecond
     */
    public FeedSettings {
        if (history < 1) {
            throw new IllegalArgumentException("A history of " + history + " items");
        }
        if (maxWait.isNegative() || retry.isNegative() || heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Durations of a feed: wait " + maxWait + ", heartbeat " + heartbeat + ", retry " + retry);
        }
    }

    /** A copy with another number of items that are kept. */
    public FeedSettings withHistory(int items) {
        return new FeedSettings(items, maxWait, heartbeat, retry);
    }

    /** A copy with another longest wait. */
    public FeedSettings withMaxWait(Duration longest) {
        return new FeedSettings(history, longest, heartbeat, retry);
    }

    /** A copy with another time between heartbeats. */
    public FeedSettings withHeartbeat(Duration interval) {
        return new FeedSettings(history, maxWait, interval, retry);
    }

    /** A copy with another time before a browser reconnects. */
    public FeedSettings withRetry(Duration delay) {
        return new FeedSettings(history, maxWait, heartbeat, delay);
    }
}
