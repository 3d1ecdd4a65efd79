package dev.bistro.feed;

import java.util.Optional;

/** Feeds in memory, which has one instance of the application alone. */
class MemoryFeedStoreTest extends FeedStoreManners {
    private Optional<Feed<Said>> only = Optional.empty();

    @Override
    protected Feed<Said> feed(int history) {
        only = only.or(() -> Optional.of(closing(Feed.create(
                FeedSettings.DEFAULTS.withHistory(history),
                FeedStores.inMemory().create("said", Said.class)))));
        return only.get();
    }
}
