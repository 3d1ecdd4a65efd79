package dev.bistro.session.state;

import dev.bistro.session.SessionStore;
import dev.bistro.session.StoredSession;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps sessions in memory, up to a number and a size. Where there is no room for one more, those go that were longest
 * not used: first of sessions without a user, so that whoever begins many of them pushes out no login.
 */
final class MemorySessionStore implements SessionStore {
    /** About what the objects of a session take besides its texts. */
    private static final int OBJECT_BYTES = 400;

    private final int maxSessions;
    private final long maxBytes;
    private final Clock clock;
    private final Map<String, StoredSession> anonymous = inOrderOfUse(); // guarded by this, as all of these
    private final Map<String, StoredSession> withUser = inOrderOfUse();
    private long bytes;

    MemorySessionStore(int maxSessions, long maxBytes, Clock clock) {
        this.maxSessions = maxSessions;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    private static Map<String, StoredSession> inOrderOfUse() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    @Override
    public synchronized Optional<StoredSession> find(String id) {
        StoredSession session = anonymous.get(id);
        return Optional.ofNullable(session == null ? withUser.get(id) : session);
    }

    @Override
    public synchronized Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
        Optional<StoredSession> before = find(id);
        Optional<StoredSession> after = change.apply(before);
        before.ifPresent(session -> remove(id, session));
        after.ifPresent(session -> add(id, session));
        return after;
    }

    private void remove(String id, StoredSession session) {
        anonymous.remove(id);
        withUser.remove(id);
        bytes -= size(session);
    }

    private void add(String id, StoredSession session) {
        (session.user().isPresent() ? withUser : anonymous).put(id, session);
        bytes += size(session);
        removeExpired(anonymous);
        removeExpired(withUser);
        while (anonymous.size() + withUser.size() > maxSessions || bytes > maxBytes) {
            removeOldest(
                    anonymous.isEmpty() || anonymous.size() == 1 && anonymous.containsKey(id) ? withUser : anonymous);
        }
    }

    /** Those that were longest not used are, about, the first to expire, so it ends at the first that hasn't. */
    private void removeExpired(Map<String, StoredSession> sessions) {
        Iterator<StoredSession> oldest = sessions.values().iterator();
        while (oldest.hasNext()) {
            StoredSession session = oldest.next();
            if (clock.instant().isBefore(session.expiresAt())) {
                return;
            }
            oldest.remove();
            bytes -= size(session);
        }
    }

    private void removeOldest(Map<String, StoredSession> sessions) {
        Iterator<StoredSession> oldest = sessions.values().iterator();
        bytes -= size(oldest.next());
        oldest.remove();
    }

    @Override
    public synchronized void removeAllOf(String user) {
        Iterator<StoredSession> each = withUser.values().iterator();
        while (each.hasNext()) {
            StoredSession session = each.next();
            if (session.user().filter(user::equals).isPresent()) {
                each.remove();
                bytes -= size(session);
            }
        }
    }

    private static long size(StoredSession session) {
        long chars = session.user().orElse("").length();
        for (String role : session.roles()) {
            chars += role.length();
        }
        for (Map.Entry<String, String> value : session.values().entrySet()) {
            chars += value.getKey().length() + value.getValue().length();
        }
        return OBJECT_BYTES + Character.BYTES * chars;
    }

    /** How many there are. */
    synchronized int count() {
        return anonymous.size() + withUser.size();
    }

    /** About how much memory they take. */
    synchronized long bytes() {
        return bytes;
    }
}
