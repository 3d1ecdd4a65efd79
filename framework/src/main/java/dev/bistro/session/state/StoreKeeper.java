package dev.bistro.session.state;

import dev.bistro.session.SessionStore;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.StoredSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in a store, by the hash of the random id that is in the client's cookie. Each change is made in the
 * store at once, so that of two requests both are seen. An id that isn't known there is never taken over.
 *
 * <pre>
 *   cookie            key    .  secret           random, in Base64url; the secret from the first renewal on
 *   in the store   hash(key) →  hash(secret), values, user
 * </pre>
 *
 * <p>A renewal changes the secret alone. So the session stays at its place in the store, where a logout finds it that
 * comes at the same time, or that has the cookie of before.
 */
record StoreKeeper(SessionRules rules, SessionStore store) implements SessionKeeper {
    /** What the names and values of a session may have at most. */
    static final int MAX_BYTES = 64 * 1024;

    /** The name of the value that has the hash of the secret. */
    static final String SECRET = "bistro:secret";

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final int ID_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}(\\.[A-Za-z0-9_-]{43})?");
    private static final char DOT = '.';

    @Override
    public Optional<Kept> find(String cookieName, String cookieValue) {
        Optional<Kept> found = stored(cookieValue)
                .filter(session -> isCurrent(session, cookieValue))
                .map(session -> new Kept(cookieValue, withSecret(session, Optional.empty())));
        if (found.isEmpty()) {
            LOG.debug("The cookie {} is no session: unknown to the store, or expired", cookieName);
        }
        return found;
    }

    @Override
    public Optional<Kept> findRenewed(String cookieName, String cookieValue) {
        return stored(cookieValue)
                .filter(session -> !isCurrent(session, cookieValue))
                .map(session -> new Kept(cookieValue, withSecret(session, Optional.empty())));
    }

    private Optional<StoredSession> stored(String id) {
        return ID.matcher(id).matches()
                ? store.find(place(id)).filter(session -> !rules.isExpired(session))
                : Optional.empty();
    }

    /** Where the session is in the store. */
    private static String place(String id) {
        int dot = id.indexOf(DOT);
        return hash(dot < 0 ? id : id.substring(0, dot));
    }

    /** What is stored of the secret in an id; empty if that has none, as before the first renewal. */
    private static Optional<String> secret(String id) {
        int dot = id.indexOf(DOT);
        return dot < 0 ? Optional.empty() : Optional.of(hash(id.substring(dot + 1)));
    }

    private static boolean isCurrent(StoredSession session, String id) {
        return secret(id).equals(Optional.ofNullable(session.values().get(SECRET)));
    }

    private static StoredSession withSecret(StoredSession session, Optional<String> secret) {
        var values = new HashMap<>(session.values());
        values.remove(SECRET);
        secret.ifPresent(hash -> values.put(SECRET, hash));
        return new StoredSession(session.createdAt(), session.expiresAt(), session.user(), session.roles(), values);
    }

    private static String hash(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.US_ASCII));
            return text(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Kept create(StoredSession session) {
        String id = text(CookieSeal.randomBytes(ID_BYTES));
        store.update(hash(id), absent -> Optional.of(session));
        return new Kept(id, session);
    }

    @Override
    public Optional<Kept> change(Kept kept, UnaryOperator<StoredSession> change) {
        return change(kept, kept.id(), change);
    }

    @Override
    public Optional<Kept> renew(Kept kept) {
        int dot = kept.id().indexOf(DOT);
        String key = dot < 0 ? kept.id() : kept.id().substring(0, dot);
        return change(kept, key + DOT + text(CookieSeal.randomBytes(ID_BYTES)), rules::prolonged);
    }

    private Optional<Kept> change(Kept kept, String id, UnaryOperator<StoredSession> change) {
        return store.update(place(kept.id()), there -> changed(there, kept, id, change))
                .filter(session -> isCurrent(session, id))
                .map(session -> new Kept(id, withSecret(session, Optional.empty())));
    }

    /** One that another request has renewed stays as it is. */
    private Optional<StoredSession> changed(
            Optional<StoredSession> there, Kept kept, String id, UnaryOperator<StoredSession> change) {
        return there.filter(session -> !rules.isExpired(session))
                .map(session -> isCurrent(session, kept.id())
                        ? withSecret(change.apply(withSecret(session, Optional.empty())), secret(id))
                        : session);
    }

    @Override
    public Optional<StoredSession> end(Kept kept) {
        var last = new AtomicReference<Optional<StoredSession>>(Optional.empty());
        store.update(place(kept.id()), there -> {
            last.set(there.filter(session -> !rules.isExpired(session)));
            return Optional.empty();
        });
        return last.get().map(session -> withSecret(session, Optional.empty()));
    }

    @Override
    public void endAllOf(String user) {
        store.removeAllOf(user);
    }

    @Override
    public Instant loginTime(String user) {
        return rules.now();
    }

    @Override
    public boolean haveSameCookie(Kept one, Kept other) {
        return one.id().equals(other.id());
    }

    @Override
    public String cookieValue(String cookieName, Kept kept) {
        return kept.id();
    }

    @Override
    public void requireRoom(StoredSession session, String name) {
        int bytes = CookieContent.write(new Kept("", session)).length;
        if (bytes > MAX_BYTES) {
            throw new SessionTooLargeException(
                    name,
                    "The session has no room for " + name + ": it would have " + bytes + " bytes, and may have "
                            + MAX_BYTES + ".");
        }
    }
}
