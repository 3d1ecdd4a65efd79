package dev.bistro.data.state;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisScript;
import dev.bistro.session.SessionRevocations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which sessions in cookies have ended before their time, in Redis, for as long as that is needed. */
record RedisRevocations(Redis redis, Clock clock) implements SessionRevocations {
    private static final String PREFIX = "bistro:revoked:";

    /** Of two times the later one stays, and each for the longer time. */
    private static final RedisScript REVOKE = RedisScript.of("""
            local at = math.max(tonumber(redis.call('get', KEYS[1]) or 0), tonumber(ARGV[1]))
            local left = math.max(redis.call('pttl', KEYS[1]), tonumber(ARGV[2]))
            redis.call('set', KEYS[1], string.format('%.0f', at), 'px', string.format('%.0f', left))
            return 1""");

    @Override
    public void revoke(String subject, Instant at, Instant until) {
        long left = Math.max(1, until.toEpochMilli() - clock.millis());
        try {
            redis.call(REVOKE, List.of(key(subject)), List.of(Long.toString(at.toEpochMilli()), Long.toString(left)));
        } catch (RedisException e) {
            throw RedisFaults.of(e);
        }
    }

    @Override
    public Optional<Instant> revokedAt(String subject) {
        try {
            return redis.call("get", key(subject)).text().map(Long::parseLong).map(Instant::ofEpochMilli);
        } catch (RedisException e) {
            throw RedisFaults.of(e);
        }
    }

    private static String key(String subject) {
        return PREFIX + StateDatabase.hash(subject);
    }
}
