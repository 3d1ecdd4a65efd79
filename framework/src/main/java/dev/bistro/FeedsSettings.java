package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;

/** The settings whose keys begin with {@code feeds.}. */
@Config("feeds")
@Description("feeds")
record FeedsSettings(
        @Description("where the stores of the injected FeedStores keep items: memory, or where several instances"
                + " share them: postgresql, which is the database of database.url, or redis, which is at redis.url")
        @DefaultValue("memory")
        Store store) {
    /** What holds where nothing is set. */
    static final FeedsSettings DEFAULTS = new FeedsSettings(Store.MEMORY);

    /** Where items are kept. */
    enum Store {
        /** In this process. */
        MEMORY,
        /** In the database. */
        POSTGRESQL,
        /** In Redis. */
        REDIS
    }
}
