package dev.bistro.session.state;

import dev.bistro.http.Cookie;
import dev.bistro.http.Headers;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.session.Session;
import dev.bistro.session.StoredSession;
import dev.bistro.session.state.SessionKeeper.Kept;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The session of one request.
 *
 * <pre>
 *   unknown ──first use──▶ none ──set, login──▶ there ◀──set, remove──┐
 *                           ▲                   │ ▲└─────────────────┘
 *                           └──────── end ──────┤ └─ login, renew: another id
 *                                               └──▶ lost: ended by another request; changes have no effect
 *   in any state: the head of the answer is sent ──▶ can only be read
 * </pre>
 */
final class RequestSession implements Session {
    /** So many cookies of the session's name are looked at, each of which may be a query of a database. */
    private static final int MAX_COOKIES = 10;

    private final SessionKeeper keeper;
    private final SessionRules rules;
    private final SessionValues values;
    private final ServerRequest request;
    private Kept found; // as the client has it; null if it has none
    private Kept kept; // as it is now; null if there is none
    private boolean isLoaded;
    private boolean isLost;
    private boolean isHeadSent;

    RequestSession(
            SessionKeeper keeper, SessionRules rules, SessionValues values, ServerRequest request, boolean isHeadSent) {
        this.keeper = keeper;
        this.rules = rules;
        this.values = values;
        this.request = request;
        this.isHeadSent = isHeadSent;
    }

    // ---- reading

    private Optional<StoredSession> session() {
        if (!isLoaded) {
            load();
        }
        return Optional.ofNullable(kept).map(Kept::session);
    }

    /** Takes the first cookie that is a session: others may set cookies of the same name for this site. */
    private void load() {
        String name = rules.cookieName(request.isSecure());
        found = cookies(name)
                .flatMap(value -> keeper.find(name, value).stream())
                .findFirst()
                .orElse(null);
        kept = found;
        isLoaded = true;
        if (kept != null && !isHeadSent && rules.isToBeProlonged(kept.session())) {
            change(session -> session);
        }
    }

    private Optional<String> json(String name) {
        return session().map(there -> there.values().get(Objects.requireNonNull(name, "name")));
    }

    @Override
    public synchronized <T> Optional<T> get(String name, Class<T> type) {
        return json(name).flatMap(json -> values.read(name, json, type));
    }

    @Override
    public synchronized <T> List<T> getList(String name, Class<T> element) {
        return json(name).map(json -> values.readList(name, json, element)).orElse(List.of());
    }

    @Override
    public synchronized Set<String> names() {
        return session().map(there -> there.values().keySet()).orElse(Set.of());
    }

    @Override
    public synchronized Optional<String> user() {
        return session().flatMap(StoredSession::user);
    }

    @Override
    public synchronized Set<String> roles() {
        return session().map(StoredSession::roles).orElse(Set.of());
    }

    @Override
    public synchronized Optional<Instant> createdAt() {
        return session().map(StoredSession::createdAt);
    }

    // ---- changing

    @Override
    public synchronized <T> Optional<T> take(String name, Class<T> type) {
        return removed(name).flatMap(json -> values.read(name, json, type));
    }

    @Override
    public synchronized void set(String name, Object value) {
        requireHeadUnsent();
        Objects.requireNonNull(name, "name");
        if (name.equals(StoreKeeper.SECRET)) {
            throw new IllegalArgumentException("The name " + name + " is Bistro's own");
        }
        String json = values.write(Objects.requireNonNull(value, "value"));
        UnaryOperator<StoredSession> change = session -> {
            StoredSession changed = with(session, name, json);
            keeper.requireRoom(changed, name);
            return changed;
        };
        if (session().isPresent()) {
            change(change);
        } else if (!isLost) {
            kept = keeper.create(change.apply(rules.begin()));
        }
    }

    private static StoredSession with(StoredSession session, String name, String json) {
        var all = new HashMap<>(session.values());
        all.put(name, json);
        return withValues(session, all);
    }

    private static StoredSession withValues(StoredSession session, Map<String, String> all) {
        return new StoredSession(session.createdAt(), session.expiresAt(), session.user(), session.roles(), all);
    }

    @Override
    public synchronized void remove(String name) {
        requireHeadUnsent();
        removed(name);
    }

    /** Removes a value; returns it unless another request has removed it meanwhile. */
    private Optional<String> removed(String name) {
        if (json(name).isEmpty()) {
            return Optional.empty();
        }
        requireHeadUnsent();
        var last = new AtomicReference<Optional<String>>(Optional.empty());
        change(session -> {
            var all = new HashMap<>(session.values());
            last.set(Optional.ofNullable(all.remove(name)));
            return withValues(session, all);
        });
        return isLost ? Optional.empty() : last.get();
    }

    /** Changes the session that is there, and prolongs it, since it is used. */
    private void change(UnaryOperator<StoredSession> change) {
        boolean isProlonged = rules.isToBeProlonged(kept.session());
        UnaryOperator<StoredSession> whole = session -> {
            StoredSession changed = change.apply(session);
            return isProlonged ? rules.prolonged(changed) : changed;
        };
        kept = keeper.change(kept, whole).orElse(null);
        isLost = kept == null;
    }

    @Override
    public synchronized void login(String user, Collection<String> roles) {
        requireHeadUnsent();
        Set<String> known = Set.copyOf(roles);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("A user who logs in has a name");
        }
        Map<String, String> before = session().map(StoredSession::values).orElse(Map.of());
        keeper.requireRoom(rules.login(rules.now(), user, known, before), "the user");
        Map<String, String> all = endKept().map(StoredSession::values).orElse(Map.of());
        kept = keeper.create(rules.login(keeper.loginTime(user), user, known, all));
        isLost = false;
        request.forgetLogin();
    }

    @Override
    public synchronized void renew() {
        requireHeadUnsent();
        if (session().isPresent()) {
            kept = keeper.renew(kept).orElse(null);
            isLost = kept == null;
        }
    }

    private Optional<StoredSession> endKept() {
        return kept == null ? Optional.empty() : keeper.end(kept);
    }

    @Override
    public synchronized void end() {
        requireHeadUnsent();
        if (session().isPresent()) {
            endKept();
            kept = null;
        } else {
            renewed().forEach(keeper::end);
        }
        isLost = false;
        request.forgetLogin();
    }

    /** The sessions that the client has cookies of, which other requests have given new ids. */
    private List<Kept> renewed() {
        String name = rules.cookieName(request.isSecure());
        return cookies(name)
                .flatMap(value -> keeper.findRenewed(name, value).stream())
                .toList();
    }

    private Stream<String> cookies(String name) {
        return request.cookies().all(name).stream().limit(MAX_COOKIES);
    }

    @Override
    public synchronized void endAll() {
        requireHeadUnsent();
        if (session().isPresent()) {
            user().ifPresent(keeper::endAllOf);
        } else {
            renewed().forEach(other -> other.session().user().ifPresent(keeper::endAllOf));
        }
        end();
    }

    private void requireHeadUnsent() {
        if (isHeadSent) {
            throw new IllegalStateException("The session can't be changed any more, since the head of the answer has"
                    + " been sent. Change it before the handler returns");
        }
    }

    // ---- answering

    /** The header fields of the answer whose head is sent now. */
    synchronized Headers complete(Headers headers) {
        isHeadSent = true;
        return isLoaded ? SessionHeaders.of(headers, cookie()) : headers;
    }

    private Optional<Cookie> cookie() {
        boolean isSecure = request.isSecure();
        if (kept == null) {
            boolean isEnded = found != null && !isLost;
            return isEnded ? Optional.of(rules.dropped(isSecure)) : Optional.empty();
        }
        boolean isKnown = found != null && keeper.haveSameCookie(found, kept);
        String name = rules.cookieName(isSecure);
        return isKnown ? Optional.empty() : Optional.of(rules.cookie(isSecure, keeper.cookieValue(name, kept)));
    }
}
