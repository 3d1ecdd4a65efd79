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
 * @param maxWait how long a client may wait for an answer at the most (long polling); one that asks for more gets this
 * @param heartbeat how long nothing is sent on a stream before something is that says nothing, so that both sides notice if the other has gone
 * @param retry how long a browser waits before it connects again
 */
public record FeedSettings(int history, Duration maxWait, Duration heartbeat, Duration retry) {
    /** 1,000 items; waits of 50 seconds at the most, which is shorter than proxies wait usually; a heartbeat each 15 seconds; reconnection after 2 seconds. */
    public static final FeedSettings DEFAULTS =
            new FeedSettings(1_000, Duration.ofSeconds(50), Duration.ofSeconds(15), Duration.ofSeconds(2));

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the history has no room for an item, a duration is negative, or the heartbeat's isn't at least a millisecond
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

    /** These settings, with another number of items that are kept. */
    public FeedSettings withHistory(int items) {
        return new FeedSettings(items, maxWait, heartbeat, retry);
    }

    /** These settings, with another longest wait. */
    public FeedSettings withMaxWait(Duration longest) {
        return new FeedSettings(history, longest, heartbeat, retry);
    }

    /** These settings, with another time between heartbeats. */
    public FeedSettings withHeartbeat(Duration interval) {
        return new FeedSettings(history, maxWait, interval, retry);
    }

    /** These settings, with another time before a browser connects again. */
    public FeedSettings withRetry(Duration delay) {
        return new FeedSettings(history, maxWait, heartbeat, delay);
    }
}
