package dev.bistro.cluster;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The messages of all instances. None leaves the history while the cluster runs. */
@Singleton
final class Messages {
    private static final int HISTORY = 1_000_000;

    private final Feed<String> feed;

    @Inject
    Messages(FeedStores stores) {
        FeedSettings settings = FeedSettings.DEFAULTS.withHistory(HISTORY).withRetry(Duration.ofMillis(100));
        feed = Feed.create(settings, stores.create("messages", String.class));
    }

    Feed<String> feed() {
        return feed;
    }
}
