package dev.bistro.data.state;

import dev.bistro.data.redis.Redis;
import dev.bistro.limit.RateStore;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import java.time.Clock;

/**
 * What is in Redis. All keys begin with {@code bistro:}, and expire. For any thread.
 *
 * @param clock as sessions have it
 */
public record StateRedis(Redis redis, Clock clock) {
    /** The sessions in it. */
    public SessionStore sessions() {
        return new RedisSessions(redis, clock);
    }

    /** Which sessions have ended. */
    public SessionRevocations revocations() {
        return new RedisRevocations(redis, clock);
    }

    /** The buckets of rates in it. */
    public RateStore rates() {
        return new RedisRates(redis);
    }
}
