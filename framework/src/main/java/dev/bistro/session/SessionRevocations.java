package dev.bistro.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Remembers which sessions have ended before their time, where sessions are in cookies: nobody can take back a cookie
 * that somebody has copied. Bistro's own is where {@code session.revocations} says; in memory, it knows nothing of
 * other instances, and nothing after a restart. An application that has a class of this kind, or a {@code @Bean} of it,
 * shares it or makes it last.
 *
 * <p>A subject is a session, or all sessions of a user: a text that is opaque here. It is called on the threads of
 * handlers, by many at once, and may wait. What it throws fails the request.
 */
public interface SessionRevocations {
    /**
     * Remembers that sessions of the subject that had begun by then count no more. Of several times the latest counts.
     *
     * @param at to the millisecond; in the future for a session that has ended for good
     * @param until from when on this can be forgotten, since all of them have expired
     */
    void revoke(String subject, Instant at, Instant until);

    /** The latest time by which sessions of the subject were revoked; empty if they weren't. */
    Optional<Instant> revokedAt(String subject);
}
