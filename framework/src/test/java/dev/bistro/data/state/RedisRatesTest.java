package dev.bistro.data.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisAddress;
import dev.bistro.limit.RateStore;
import dev.bistro.wire.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Buckets of rates in Redis. */
class RedisRatesTest {
    @Test
    void refusesNobodyForHoursWhenTheClockIsSetBack() throws Exception {
        var bucket = new RateStore.Bucket("set-back", TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(2));
        try (Redis redis = Redis.open(RedisAddress.of(RedisServer.shared().url()), Duration.ofSeconds(10))) {
            RateStore rates = new RedisRates(redis);
            long later = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) + TimeUnit.HOURS.toMicros(1);
            redis.call("set", "bistro:rate:set-back", "" + later);
            assertTrue(rates.take(List.of(bucket)).isAllowed());
            RateStore.Taken next = rates.take(List.of(bucket));
            assertFalse(next.isAllowed());
            assertTrue(next.lackNanos().get(0) <= bucket.emptyNanos(), "" + next);
        }
    }
}
