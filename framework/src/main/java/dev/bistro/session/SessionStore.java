package dev.bistro.session;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps sessions on the server, where the browser's cookie has only their ids. An application that has a class of this
 * kind, or a {@code @Bean} of it, keeps its sessions there; with {@code session.store}, Bistro's own keeps them in
 * memory, in the database or in Redis.
 *
 * <p>An id here is a hash of the one in the cookie: who reads the store can't use the sessions. It has up to 64
 * characters: letters, digits, {@code -} and {@code _}. It stays the same when the session is renewed,
 * which changes the cookie.
 *
 * <pre>{@code
 * @Singleton
 * final class RedisSessions implements SessionStore {
 *     public Optional<StoredSession> find(String id) {
 *         return Optional.ofNullable(redis.get("session:" + id)).map(RedisSessions::parse);
 *     }
 *     …
 * }
 * }</pre>
 *
 * <p>It is called on the threads of handlers, by many at once, and may wait. What it throws fails the request.
 */
public interface SessionStore {
    /** The session of this id. One that has expired needn't be left out. */
    Optional<StoredSession> find(String id);

    /**
     * Changes a session in one step: no other change of the same id comes between what the function is given and what
     * it returns. Given nothing, it may return a new session; what it answers with nothing is removed.
     *
     * @param change what becomes of the session; it has no effects elsewhere, and may be called again where another
     *     change came first. If it throws, nothing is changed, and that is thrown
     * @return what the function returned
     */
    Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change);

    /** Removes all sessions of a {@linkplain StoredSession#user user}. */
    void removeAllOf(String user);
}
