package dev.bistro.session.state;

import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.StoredSession;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where sessions are: in the clients' cookies, or in a store. Safe for use by many threads. */
interface SessionKeeper {
    /**
     * A session with its id.
     *
     * @param id secret in a store, since whoever knows it has the session
     */
    record Kept(String id, StoredSession session) {
        @Override
        public String toString() {
            return "Kept[" + session + "]";
        }
    }

    /** The session that a cookie stands for; empty if it isn't one of ours, or counts no more. */
    Optional<Kept> find(String cookieName, String cookieValue);

    /** Keeps a new session, with a new id. */
    Kept create(StoredSession session);

    /** Changes a session; empty if another request has ended it meanwhile. */
    Optional<Kept> change(Kept kept, UnaryOperator<StoredSession> change);

    /**
     * Gives a session another id, and prolongs it; empty if another request has ended or renewed it meanwhile. It is
     * one step: whoever ends the session before or after it, by whichever of its ids, has ended it.
     */
    Optional<Kept> renew(Kept kept);

    /**
     * Ends a session, though another request may have given it a new id meanwhile; returns what it last was, or nothing
     * if another request has ended it.
     */
    Optional<StoredSession> end(Kept kept);

    /**
     * The session that a cookie stood for before it got another id. The cookie gives no access to it any more, but ends
     * it: a logout may be under way while another request renews the session.
     */
    Optional<Kept> findRenewed(String cookieName, String cookieValue);

    /** Ends all sessions in which a user has logged in until now. */
    void endAllOf(String user);

    /** The time of a login now: after that by which the user's sessions were ended. */
    Instant loginTime(String user);

    /** Whether a client that has the cookie of the one session needs no other for the other. */
    boolean haveSameCookie(Kept one, Kept other);

    /** The value of the cookie of this name. */
    String cookieValue(String cookieName, Kept kept);

    /**
     * Checks that a session isn't larger than it may be.
     *
     * @param name what it was made larger by
     * @throws SessionTooLargeException if it is
     */
    void requireRoom(StoredSession session, String name);
}
