package dev.bistro.feed.redis;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisConnection;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisState;
import dev.bistro.feed.FeedId;
import dev.bistro.feed.FeedStore;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.store.ItemCodec;
import dev.bistro.feed.store.Publication;
import dev.bistro.feed.store.Publisher;
import dev.bistro.feed.store.Sender;
import dev.bistro.feed.store.SharedFeedStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of feeds in one Redis. For any thread. */
public final class RedisFeedStores implements FeedStores, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFeedStores.class);

    /** What is wrong with a feed's keys, and doesn't pass. */
    private static final String FINAL = "WRONGTYPE";

    private static final int TRIM_EVERY = 100;

    private final Redis redis;
    private final ItemCodec codec;
    private final StreamReader reader;
    private final Publisher publisher;

    /**
     * Begins to read. Warns of settings of Redis with which acknowledged items may be lost.
     *
     * @param redis stays open, and is closed after this
     * @param codec writes and reads items
     * @param patience how long something that is published is tried
     * @throws RedisException if Redis can't be reached, or refuses what is needed
     */
    public static RedisFeedStores open(Redis redis, ItemCodec codec, Duration patience) throws RedisException {
        RedisState state;
        try (RedisConnection connection = redis.connect()) {
            state = RedisState.of(connection, redis.limit());
        }
        state.warnings().forEach(warning -> LOG.warn("Feeds are in Redis at {}, whose {}", redis.shown(), warning));
        if (state.appendOnly() && state.appendFsync().isEmpty()) {
            LOG.info(
                    "Feeds are in Redis at {}, which doesn't tell its appendfsync: it should be always", redis.shown());
        }
        return new RedisFeedStores(redis, state.life(), codec, patience);
    }

    private RedisFeedStores(Redis redis, String life, ItemCodec codec, Duration patience) {
        this.redis = redis;
        this.codec = codec;
        this.reader = new StreamReader(redis, life);
        this.publisher = new Publisher("bistro-feeds-writer", new ByScripts(), patience);
    }

    @Override
    public <T> FeedStore<T> create(String name, Class<T> type) {
        return new SharedFeedStore<>(name, type, codec, publisher, reader);
    }

    private final class ByScripts implements Sender {
        @Override
        public List<FeedId> send(String feed, List<Publication> publications, boolean isRepeated) throws IOException {
            List<FeedId> ids = FeedStreams.append(redis::call, feed, reader.life(), publications);
            long last = ids.get(ids.size() - 1).major();
            if (last / TRIM_EVERY != (last - ids.size()) / TRIM_EVERY) {
                trim(feed);
            }
            return ids;
        }

        /** The items are stored, whatever becomes of this: the next time removes what it leaves. */
        private void trim(String feed) {
            try {
                FeedStreams.trim(redis::call, feed, reader.life(), reader.history(feed));
            } catch (IOException e) {
                LOG.debug("Old items of the feed {} can't be removed", feed, e);
            }
        }

        @Override
        public boolean isFinal(Exception fault) {
            return fault instanceof RedisException said
                    && !said.code().isEmpty()
                    && String.valueOf(said.getMessage()).contains(FINAL);
        }
    }

    /** Publishes what is on its way, and ends both threads. */
    @Override
    public void close() {
        publisher.close();
        reader.close();
    }
}
