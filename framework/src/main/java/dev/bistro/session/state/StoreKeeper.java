package dev.bistro.session.state;

import dev.bistro.session.SessionStore;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.StoredSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in a store, by the hash of the random id that is in the client's cookie. Each change is made in the
 * store at once, so that of two requests both are seen. An id that isn't known there is never taken over.
 */
record StoreKeeper(SessionRules rules, SessionStore store) implements SessionKeeper {
    /** What the names and values of a session may have at most. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final int ID_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    @Override
    public Optional<Kept> find(String cookieName, String cookieValue) {
        Optional<Kept> found = ID.matcher(cookieValue).matches()
                ? store.find(hash(cookieValue))
                        .filter(session -> !rules.isExpired(session))
                        .map(session -> new Kept(cookieValue, session))
                : Optional.empty();
        if (found.isEmpty()) {
            LOG.debug("The cookie {} is no session: unknown to the store, or expired", cookieName);
        }
        return found;
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
        return store.update(
                        hash(kept.id()),
                        there -> there.filter(session -> !rules.isExpired(session))
                                .map(change))
                .map(session -> new Kept(kept.id(), session));
    }

    @Override
    public Optional<StoredSession> end(Kept kept) {
        var last = new AtomicReference<Optional<StoredSession>>(Optional.empty());
        store.update(hash(kept.id()), there -> {
            last.set(there.filter(session -> !rules.isExpired(session)));
            return Optional.empty();
        });
        return last.get();
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
