package dev.bistro.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Entries on their way from the threads that answer requests to the one that writes lines. It has room for so many
 * entries, and for so many characters in all. Nobody ever waits: what doesn't fit isn't taken.
 *
 * <pre>
 *   head ─▶ │ entry │ entry │ entry │ (being put) │       │ ◀─ tail
 *     └ one thread takes                   many threads put ┘
 * </pre>
 */
final class AccessRing {
    private final AtomicReferenceArray<AccessEntry> slots;
    private final long maxChars;
    private final AtomicLong chars = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private volatile long head; // written by the thread that takes

    /** An empty one. */
    AccessRing(int maxEntries, long maxChars) {
        this.slots = new AtomicReferenceArray<>(maxEntries);
        this.maxChars = maxChars;
    }

    /** Puts an entry at the end. For any thread. Returns false if there is no room for it. */
    boolean offer(AccessEntry entry) {
        int length = entry.length();
        if (chars.addAndGet(length) > maxChars) {
            chars.addAndGet(-length);
            return false;
        }
        long at;
        do {
            at = tail.get();
            if (at - head >= slots.length()) {
                chars.addAndGet(-length);
                return false;
            }
        } while (!tail.compareAndSet(at, at + 1));
        slots.set(slot(at), entry);
        return true;
    }

    /** Takes the first entry, or null if there is none. For one thread. */
    AccessEntry poll() {
        long at = head;
        AccessEntry entry = slots.get(slot(at));
        if (entry != null) {
            slots.set(slot(at), null);
            head = at + 1;
            chars.addAndGet(-entry.length());
        }
        return entry;
    }

    /** Whether there is nothing to take. */
    boolean isEmpty() {
        return slots.get(slot(head)) == null;
    }

    private int slot(long at) {
        return (int) (at % slots.length());
    }
}
