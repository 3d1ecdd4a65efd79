package dev.bistro.session.state;

import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.StoredSession;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in the clients' cookies. The server keeps nothing but which of them have ended before their time; of
 * two requests at once, the one that is answered later wins.
 *
 * <p>An id is a random key, and from the first renewal on the time of the last one: {@code key.1764261203000}. A
 * renewal revokes what was renewed until then, and the end of a session all that can be renewed: so it is ended
 * whichever of its cookies comes with the logout, and whatever comes at the same time.
 */
final class CookieKeeper implements SessionKeeper {
    private static final char DOT = '.';

    private static final Logger LOG = LoggerFactory.getLogger(CookieKeeper.class);
    private static final int ID_BYTES = 16;
    private static final int TIME_DIGITS = 13; // milliseconds, until the year 2286
    private static final int RANDOM_SECRET_BYTES = 32;

    private final SessionRules rules;
    private final SessionRevocations revocations;
    private final List<byte[]> secrets;
    private volatile CookieSeal seal; // null until there is a session
    private final AtomicBoolean warnsOfRandomKey;

    /**
     * Keeps sessions by these secrets.
     *
     * @param secrets the first encrypts, all decrypt; if there are none, a random one that lasts until the stop
     */
    CookieKeeper(SessionRules rules, List<byte[]> secrets, SessionRevocations revocations) {
        this.rules = rules;
        this.revocations = revocations;
        this.warnsOfRandomKey = new AtomicBoolean(secrets.isEmpty());
        this.secrets = List.copyOf(secrets);
    }

    /** Made when it is needed first: loading the cryptography takes longer than most of a start. */
    private CookieSeal seal() {
        CookieSeal known = seal;
        return known != null ? known : madeSeal();
    }

    private synchronized CookieSeal madeSeal() {
        if (seal == null) {
            seal = new CookieSeal(secrets.isEmpty() ? List.of(CookieSeal.randomBytes(RANDOM_SECRET_BYTES)) : secrets);
        }
        return seal;
    }

    @Override
    public Optional<Kept> find(String cookieName, String cookieValue) {
        Optional<Kept> found = seal().open(cookieName, cookieValue)
                .map(CookieContent::read)
                .filter(kept -> !rules.isExpired(kept.session()) && !isRevoked(kept));
        if (found.isEmpty()) {
            LOG.debug("The cookie {} is no session: not encrypted here, expired, or ended", cookieName);
        }
        return found;
    }

    private boolean isRevoked(Kept kept) {
        return revokedAt(kept).filter(at -> !renewedAt(kept).isAfter(at)).isPresent() || isUserRevoked(kept);
    }

    private boolean isUserRevoked(Kept kept) {
        Instant createdAt = kept.session().createdAt();
        return kept.session()
                .user()
                .flatMap(user -> revocations.revokedAt(ofUser(user)))
                .filter(at -> !createdAt.isAfter(at))
                .isPresent();
    }

    private Optional<Instant> revokedAt(Kept kept) {
        return revocations.revokedAt(ofSession(kept));
    }

    private static String ofSession(Kept kept) {
        return "session:" + key(kept);
    }

    private static String key(Kept kept) {
        int dot = kept.id().indexOf(DOT);
        return dot < 0 ? kept.id() : kept.id().substring(0, dot);
    }

    /** When it was renewed last; before all times if it never was. */
    private static Instant renewedAt(Kept kept) {
        int dot = kept.id().indexOf(DOT);
        return dot < 0
                ? Instant.MIN
                : Instant.ofEpochMilli(Long.parseLong(kept.id().substring(dot + 1)));
    }

    @Override
    public Optional<Kept> findRenewed(String cookieName, String cookieValue) {
        return seal().open(cookieName, cookieValue)
                .map(CookieContent::read)
                .filter(kept -> !rules.isExpired(kept.session()) && !isUserRevoked(kept))
                .filter(kept ->
                        revokedAt(kept).filter(at -> at.isBefore(expiry(kept))).isPresent());
    }

    /** When it ends in any case: a renewal comes before that, and an end is noted with this time or a later one. */
    private Instant expiry(Kept kept) {
        return kept.session().createdAt().plus(rules.maxAge());
    }

    private static String ofUser(String user) {
        return "user:" + user;
    }

    @Override
    public Kept create(StoredSession session) {
        if (warnsOfRandomKey.getAndSet(false)) {
            LOG.warn("Sessions end with this process, and other instances don't know them, since their cookies are"
                    + " encrypted with a random key. Set bistro.cookie-secrets");
        }
        byte[] id = CookieSeal.randomBytes(ID_BYTES);
        return new Kept(Base64.getUrlEncoder().withoutPadding().encodeToString(id), session);
    }

    @Override
    public Optional<Kept> change(Kept kept, UnaryOperator<StoredSession> change) {
        return Optional.of(new Kept(kept.id(), change.apply(kept.session())));
    }

    @Override
    public Optional<Kept> renew(Kept kept) {
        if (isRevoked(kept)) {
            return Optional.empty();
        }
        Instant now = rules.now();
        Instant at = renewedAt(kept).isAfter(now) ? renewedAt(kept) : now;
        revoke(ofSession(kept), at);
        String id = key(kept) + DOT + at.plusMillis(1).toEpochMilli();
        return Optional.of(new Kept(id, rules.prolonged(kept.session())));
    }

    @Override
    public Optional<StoredSession> end(Kept kept) {
        Instant expiry = expiry(kept);
        Instant latest = rules.now().plus(rules.maxAge());
        Instant at = expiry.isAfter(latest) ? expiry : latest;
        revocations.revoke(ofSession(kept), at, at.plusMillis(1));
        return Optional.of(kept.session());
    }

    @Override
    public void endAllOf(String user) {
        revoke(ofUser(user), loginTime(user));
    }

    /** What is revoked has begun by then, and so ends within the maximal age. */
    private void revoke(String subject, Instant at) {
        revocations.revoke(subject, at, at.plus(rules.maxAge()));
    }

    /** So it goes on by milliseconds where logins and revocations of a user follow at once. */
    @Override
    public Instant loginTime(String user) {
        Instant now = rules.now();
        return revocations
                .revokedAt(ofUser(user))
                .filter(at -> !now.isAfter(at))
                .map(at -> at.plusMillis(1))
                .orElse(now);
    }

    @Override
    public boolean haveSameCookie(Kept one, Kept other) {
        return one.equals(other);
    }

    @Override
    public String cookieValue(String cookieName, Kept kept) {
        return seal().seal(cookieName, CookieContent.write(kept));
    }

    @Override
    public void requireRoom(StoredSession session, String name) {
        int idLength = (ID_BYTES * 4 + 2) / 3 + 1 + TIME_DIGITS;
        int contentBytes = CookieContent.write(new Kept("-".repeat(idLength), session)).length;
        long bytes = CookieSeal.sealedLength(contentBytes)
                + rules.cookie(true, "").headerValue().length();
        if (bytes > CookieSeal.MAX_COOKIE_BYTES) {
            throw new SessionTooLargeException(
                    name,
                    "The session has no room for " + name + ": its cookie would have " + bytes
                            + " bytes, and browsers keep " + CookieSeal.MAX_COOKIE_BYTES
                            + ". Keep less in it, or set session.store.");
        }
    }
}
