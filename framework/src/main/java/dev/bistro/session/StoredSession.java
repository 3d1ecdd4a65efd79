package dev.bistro.session;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session as a {@link SessionStore} keeps it. Immutable.
 *
 * @param createdAt when it has begun, or its user has logged in; to the millisecond
 * @param expiresAt from when on it counts no more, and can be removed; to the millisecond
 * @param user who has logged in
 * @param roles the user's at the login; empty without a user
 * @param values the values by their names, as JSON
 */
public record StoredSession(
        Instant createdAt, Instant expiresAt, Optional<String> user, Set<String> roles, Map<String, String> values) {
    /** Copies the roles and the values. */
    public StoredSession {
        roles = Set.copyOf(roles);
        values = Map.copyOf(values);
    }

    /** The session without its contents, which may be secret. */
    @Override
    public String toString() {
        return "StoredSession[createdAt=" + createdAt + ", expiresAt=" + expiresAt + ", " + values.size() + " values]";
    }
}
