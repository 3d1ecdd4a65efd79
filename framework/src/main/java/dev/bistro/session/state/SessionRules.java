package dev.bistro.session.state;

import dev.bistro.http.Cookie;
import dev.bistro.session.StoredSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long sessions last, and what their cookie is called.
 *
 * @param cookie the name, which has the prefix {@code __Host-} over TLS
 * @param idleTimeout how long after it was last used a session ends
 * @param maxAge how long after its beginning it ends in any case
 */
public record SessionRules(String cookie, Duration idleTimeout, Duration maxAge, Clock clock) {
    private static final String SECURE_PREFIX = "__Host-";

    /** Of the idle timeout: a session that is used is prolonged after this part of it, and not each time. */
    private static final int GRAIN = 10;

    /** The name of the cookie. */
    String cookieName(boolean isSecure) {
        return isSecure ? SECURE_PREFIX + cookie : cookie;
    }

    /** The cookie with this value, forgotten when the browser is closed: how long it counts is decided here. */
    Cookie cookie(boolean isSecure, String value) {
        return Cookie.of(cookieName(isSecure), value).withSecure(isSecure);
    }

    /** The cookie that makes the browser forget its own. */
    Cookie dropped(boolean isSecure) {
        return cookie(isSecure, "").withMaxAge(Duration.ZERO);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A session without values that begins now. */
    StoredSession begin() {
        Instant now = now();
        return new StoredSession(now, expiry(now), Optional.empty(), Set.of(), Map.of());
    }

    /** A session with these values whose user logs in at that time. */
    StoredSession login(Instant at, String user, Set<String> roles, Map<String, String> values) {
        return new StoredSession(at, expiry(at), Optional.of(user), roles, values);
    }

    /** The session, as used now. */
    StoredSession prolonged(StoredSession session) {
        return new StoredSession(
                session.createdAt(), expiry(session.createdAt()), session.user(), session.roles(), session.values());
    }

    private Instant expiry(Instant createdAt) {
        return earlier(now().plus(idleTimeout), end(createdAt));
    }

    private Instant end(Instant createdAt) {
        return createdAt.plus(maxAge);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Whether a session that is used now is prolonged. */
    boolean isToBeProlonged(StoredSession session) {
        Instant later = expiry(session.createdAt());
        return !later.minus(idleTimeout.dividedBy(GRAIN)).isBefore(session.expiresAt())
                && later.isAfter(session.expiresAt());
    }

    /** Whether it counts no more. A maximal age that was shortened since counts at once. */
    boolean isExpired(StoredSession session) {
        return !now().isBefore(earlier(session.expiresAt(), end(session.createdAt())));
    }
}
