package dev.bistro.data.state;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisScript;
import dev.bistro.session.SessionStore;
import dev.bistro.session.StoredSession;
import dev.bistro.session.state.SessionContent;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Sessions in Redis, which forgets them when they have expired. As in the database, a change is written only over the
 * version that it was made of.
 *
 * <pre>
 *   bistro:session:ID          version (16) | hash of the user (43), or as many hyphens | content in Base64
 *   bistro:sessions-of:HASH    ids of the user's sessions, by the times at which they expire
 * </pre>
 */
record RedisSessions(Redis redis, Clock clock) implements SessionStore {
    private static final int ATTEMPTS = 100;
    private static final String SESSION = "bistro:session:";
    private static final String OF_USER = "bistro:sessions-of:";
    private static final int VERSION_LENGTH = 16;
    private static final int CONTENT_AT = 59;
    private static final String NOBODY = "-".repeat(CONTENT_AT - VERSION_LENGTH);

    /**
     * Writes a session over a version, or over none; returns whether it did. Keys: the session, and those of its user
     * if it has one. Arguments: the version; what it becomes, or nothing; when it expires; for how long that is; now;
     * and its id.
     */
    private static final RedisScript WRITE = RedisScript.of("""
            if redis.call('getrange', KEYS[1], 0, 15) ~= ARGV[1] then return 0 end
            if ARGV[2] == '' then
              redis.call('del', KEYS[1])
              return 1
            end
            redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[4])
            if KEYS[2] then
              redis.call('zremrangebyscore', KEYS[2], '-inf', '(' .. ARGV[5])
              redis.call('zadd', KEYS[2], ARGV[3], ARGV[6])
              if redis.call('pttl', KEYS[2]) < tonumber(ARGV[4]) then redis.call('pexpire', KEYS[2], ARGV[4]) end
            end
            return 1""");

    /** Removes the sessions of a user. Key: those of the user. Arguments: the user's hash, and how keys begin. */
    private static final RedisScript REMOVE = RedisScript.of("""
            for _, id in ipairs(redis.call('zrange', KEYS[1], 0, -1)) do
              local key = ARGV[2] .. id
              if redis.call('getrange', key, 16, 58) == ARGV[1] then redis.call('del', key) end
            end
            return redis.call('del', KEYS[1])""");

    @Override
    public Optional<StoredSession> find(String id) {
        try {
            return redis.call("get", SESSION + id).text().flatMap(RedisSessions::read);
        } catch (RedisException e) {
            throw RedisFaults.of(e);
        }
    }

    private static Optional<StoredSession> read(String value) {
        try {
            return SessionContent.read(Base64.getDecoder().decode(value.substring(CONTENT_AT)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOne) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<String> value = redis.call("get", SESSION + id).text();
                Optional<StoredSession> there = value.flatMap(RedisSessions::read);
                Optional<StoredSession> after = change.apply(there);
                if (there.equals(after) || isWritten(id, value, after)) {
                    return after;
                }
            }
            throw RedisFaults.busy();
        } catch (RedisException e) {
            throw RedisFaults.of(e);
        }
    }

    private boolean isWritten(String id, Optional<String> value, Optional<StoredSession> after) throws RedisException {
        String version = value.map(text -> text.substring(0, Math.min(VERSION_LENGTH, text.length())))
                .orElse("");
        Optional<String> owner = after.flatMap(StoredSession::user).map(StateDatabase::hash);
        long now = clock.millis();
        long expiresAt =
                after.map(session -> session.expiresAt().toEpochMilli()).orElse(now);
        return redis.call(
                                WRITE,
                                owner.map(user -> List.of(SESSION + id, OF_USER + user))
                                        .orElse(List.of(SESSION + id)),
                                List.of(
                                        version,
                                        after.map(session -> text(session, owner))
                                                .orElse(""),
                                        Long.toString(expiresAt),
                                        Long.toString(Math.max(1, expiresAt - now)),
                                        Long.toString(now),
                                        id))
                        .number()
                > 0;
    }

    private static String text(StoredSession session, Optional<String> owner) {
        String version = String.format("%016x", ThreadLocalRandom.current().nextLong());
        return version + owner.orElse(NOBODY) + Base64.getEncoder().encodeToString(SessionContent.write(session));
    }

    @Override
    public void removeAllOf(String user) {
        String hash = StateDatabase.hash(user);
        try {
            redis.call(REMOVE, List.of(OF_USER + hash), List.of(hash, SESSION));
        } catch (RedisException e) {
            throw RedisFaults.of(e);
        }
    }
}
