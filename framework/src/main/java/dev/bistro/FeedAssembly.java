package dev.bistro;

import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.JsonValues;
import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.feed.FeedStore;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.postgresql.PostgresqlFeedStores;
import dev.bistro.feed.redis.RedisFeedStores;
import dev.bistro.feed.store.ItemCodec;
import dev.bistro.feed.store.Publisher;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Makes the stores of feeds that are injected. Those in a database are opened when its migrations have run: Flyway
 * refuses to begin where there are tables already.
 */
final class FeedAssembly implements AutoCloseable {
    private static final String POSTGRESQL = "postgresql";

    private final Optional<Opening> opening;
    private final ItemCodec codec;
    private volatile Open opened; // null until it is

    /** The database that instances share. */
    record Shared(DatabaseAddress address, DataSource pool) {}

    /** Opens stores outside of this process. */
    @FunctionalInterface
    private interface Opening {
        Open open();
    }

    /** Stores that are open, and what ends them. */
    private record Open(FeedStores stores, Runnable end) {}

    /**
     * Finds the database, or a problem.
     *
     * @param settings empty if they have faults
     */
    FeedAssembly(
            Optional<FeedsSettings> settings,
            DataAssembly data,
            RedisAssembly redis,
            ApplicationJson json,
            Problems problems) {
        this.codec = codec(new JsonValues(json));
        this.opening = switch (settings.map(FeedsSettings::store).orElse(FeedsSettings.Store.MEMORY)) {
            case MEMORY -> Optional.empty();
            case POSTGRESQL -> {
                data.faultOfFeeds().ifPresent(problems::add);
                yield data.shared().map(one -> () -> open(one));
            }
            case REDIS -> redis.require("feeds.store").map(one -> () -> open(one));
        };
    }

    static Problem withoutDatabase(String found) {
        return Problem.of("feeds-without-postgresql", "Feeds are to be in PostgreSQL (feeds.store), but " + found + ".")
                .cure("Set database.url to one, such as postgres://user:password@host/shop; or remove feeds.store.");
    }

    /** Whether a driver is the one of the database that feeds can be in. */
    static boolean canBeIn(DatabaseAddress address) {
        return address.driver().equals(POSTGRESQL);
    }

    private static ItemCodec codec(JsonValues values) {
        return new ItemCodec() {
            @Override
            public <T> String write(T data, Class<T> type) {
                return values.write(data, type);
            }

            @Override
            public <T> T read(String json, Class<T> type) {
                return values.read(json, type);
            }
        };
    }

    /** Binds what is injected. */
    void bind(ContainerBuilder builder) {
        builder.bind(FeedStores.class, opening.isEmpty() ? FeedStores.inMemory() : new Later());
        builder.closeLast(this);
    }

    /** Those that are open when the first object of the application is made. */
    private final class Later implements FeedStores {
        @Override
        public <T> FeedStore<T> create(String name, Class<T> type) {
            Open there = opened;
            if (there == null) {
                throw new IllegalStateException("The stores of feeds aren't open yet");
            }
            return there.stores().create(name, type);
        }
    }

    /**
     * Opens them; a second call does nothing.
     *
     * @throws StartupException if that fails
     */
    void open() {
        if (opening.isPresent() && opened == null) {
            opened = opening.get().open();
        }
    }

    private Open open(Shared one) {
        Map<String, String> login = new HashMap<>();
        one.address().user().ifPresent(user -> login.put("user", user));
        one.address().password().ifPresent(password -> login.put("password", password));
        try {
            PostgresqlFeedStores stores =
                    PostgresqlFeedStores.open(one.pool(), one.address().jdbcUrl(), login, codec, Publisher.PATIENCE);
            return new Open(stores, stores::close);
        } catch (SQLException e) {
            throw new StartupException(List.of(withoutTables(e)), e);
        }
    }

    private Open open(Redis redis) {
        try {
            RedisFeedStores stores = RedisFeedStores.open(redis, codec, Publisher.PATIENCE);
            return new Open(stores, stores::close);
        } catch (RedisException e) {
            throw new StartupException(List.of(refusedByRedis(e)), e);
        }
    }

    private static Problem refusedByRedis(RedisException fault) {
        return Problem.of("no-feeds-in-redis", "Feeds can't be in Redis (feeds.store): " + oneLine(fault) + ".")
                .cure("Let the user of redis.url do what feeds need: see the guide, \"More than one machine\".");
    }

    private static String oneLine(Exception fault) {
        return String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " ");
    }

    static Problem withoutTables(SQLException fault) {
        return Problem.of("no-feed-tables", "The tables of feeds (feeds.store) can't be made: " + oneLine(fault) + ".")
                .cure("Let the database's user make them, or make them by a migration: see the guide, \"More than one"
                        + " machine\".");
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.end().run();
        }
    }
}
