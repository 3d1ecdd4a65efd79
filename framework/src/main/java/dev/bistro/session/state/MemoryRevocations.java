package dev.bistro.session.state;

import dev.bistro.session.SessionRevocations;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers a bounded number of revocations in memory, each until it is needed no more. */
final class MemoryRevocations implements SessionRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryRevocations.class);

    private record Revocation(String subject, Instant at, Instant until) {}

    private final int maxCount;
    private final Clock clock;
    private final Map<String, Revocation> bySubject = new HashMap<>(); // guarded by this, as all of these
    private final TreeSet<Revocation> byEnd =
            new TreeSet<>(Comparator.comparing(Revocation::until).thenComparing(Revocation::subject));
    private boolean hasWarned;

    MemoryRevocations(int maxCount, Clock clock) {
        this.maxCount = maxCount;
        this.clock = clock;
    }

    @Override
    public synchronized void revoke(String subject, Instant at, Instant until) {
        Revocation before = bySubject.get(subject);
        var revocation = before == null
                ? new Revocation(subject, at, until)
                : new Revocation(subject, later(before.at, at), later(before.until, until));
        if (before != null) {
            byEnd.remove(before);
        }
        bySubject.put(subject, revocation);
        byEnd.add(revocation);
        while (!clock.instant().isBefore(byEnd.first().until())) {
            forgetFirst();
            if (byEnd.isEmpty()) {
                return;
            }
        }
        if (byEnd.size() > maxCount) {
            forgetFirst();
            warn();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void forgetFirst() {
        bySubject.remove(byEnd.pollFirst().subject());
    }

    private void warn() {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn(
                    "More than {} sessions have ended before their time: copies of the oldest ones' cookies count again"
                            + " until they expire. Use a SessionStore, or SessionRevocations of your own",
                    maxCount);
        }
    }

    @Override
    public synchronized Optional<Instant> revokedAt(String subject) {
        return Optional.ofNullable(bySubject.get(subject)).map(Revocation::at);
    }

    /** How many there are. */
    synchronized int count() {
        return byEnd.size();
    }
}
