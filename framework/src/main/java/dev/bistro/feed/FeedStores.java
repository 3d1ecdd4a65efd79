package dev.bistro.feed;

/**
 * Makes the stores of feeds where {@code feeds.store} says: in memory, or in a database that several instances of the
 * application share, so that each of their clients sees the items of all. It is injected. For any thread.
 *
 * <pre>{@code
 * @Inject
 * Prices(FeedStores stores) {
 *     prices = Feed.create(FeedSettings.DEFAULTS, stores.create("prices", Price.class));
 * }
 * }</pre>
 */
public interface FeedStores {
    /**
     * Makes the store of a feed, which is for {@link Feed#create(FeedSettings, FeedStore)}. What is published to it
     * while the database can't be reached is kept for half a minute and then refused (503).
     *
     * @param name of the feed: those with the same name, in whatever instance, are the same feed, and must have the
     *     same history
     * @param type of the items, which are stored as JSON by the application's codec
     * @throws IllegalArgumentException if the name is empty, longer than 200 characters, or has a control character or
     *     half a surrogate pair
     */
    <T> FeedStore<T> create(String name, Class<T> type);

    /** Stores in memory, each a feed of its own whatever its name is: for tests. */
    static FeedStores inMemory() {
        return new FeedStores() {
            @Override
            public <T> FeedStore<T> create(String name, Class<T> type) {
                return new MemoryFeedStore<>();
            }
        };
    }
}
