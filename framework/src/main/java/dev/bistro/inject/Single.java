package dev.bistro.inject;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object of which there is one: in an application, or in a request. The first thread that asks for it makes it, and
 * others that ask meanwhile wait. No thread waits in a circle: the one that would close it gets the fault that a single
 * thread gets which comes back to what it makes. There are no other locks around code of the user's.
 *
 * <pre>
 *   not made ── first to ask ──▶ made by a thread ── done ──▶ made
 *       ▲                               │
 *       └─────────── it threw ──────────┘   those that wait try it themselves
 * </pre>
 */
final class Single {
    private static final AtomicReferenceFieldUpdater<Single, Thread> BY =
            AtomicReferenceFieldUpdater.newUpdater(Single.class, Thread.class, "by");

    private final Maker maker;
    private final Supplier<Object> first;
    private volatile Object made;
    private volatile Thread by; // who makes it
    private volatile boolean isInCircle; // since its maker began
    private Single around; // what the thread that makes it was making when it began; as stable as "by"

    /** Makes nothing yet. */
    Single(Maker maker, Supplier<Object> first) {
        this.maker = maker;
        this.first = first;
    }

    /** One that is there already. */
    static Single of(Maker maker, Object there) {
        var single = new Single(maker, () -> there);
        single.made = there;
        return single;
    }

    /**
     * The object, which is made if it isn't there.
     *
     * @throws ObjectCreationException if that failed, or would never end
     */
    Object get() {
        Object known = made;
        return known != null ? known : Makings.begin(this) ? make() : made;
    }

    private Object make() {
        try {
            Object done = first.get();
            made = done;
            return done;
        } finally {
            Makings.end(this);
        }
    }

    /** Whether it was found to need itself since its maker began: that it fails then says nothing of it alone. */
    boolean isInCircle() {
        return isInCircle;
    }

    /**
     * What the threads of the process make just now, and who waits for whom. Threads belong to no application, and so
     * objects of two of them can't make each other hang either. Whoever makes something alone takes no lock.
     */
    private static final class Makings {
        private static final ThreadLocal<Single> INNERMOST = new ThreadLocal<>();
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Condition ENDED = LOCK.newCondition();
        private static final Map<Thread, Wait> WAITING = new HashMap<>(); // guarded by LOCK
        private static volatile int waiting; // as many as there are in WAITING; written by who has LOCK

        /** A thread that waits, and so makes nothing more until it has what it asked for. */
        private record Wait(Single asked, Single innermost) {}

        private Makings() {}

        /** Whether the calling thread is to make it; it is there otherwise. */
        static boolean begin(Single single) {
            Thread current = Thread.currentThread();
            return take(single, current) || !isMadeByOthers(single, current);
        }

        private static boolean take(Single single, Thread current) {
            if (single.by != null || !BY.compareAndSet(single, null, current)) {
                return false;
            }
            if (single.made != null) { // by one who was done between the question and the answer
                release(single);
                return false;
            }
            single.around = INNERMOST.get();
            single.isInCircle = false;
            INNERMOST.set(single);
            return true;
        }

        /** Waits until it is made; false if the calling thread has to make it, since others failed. */
        private static boolean isMadeByOthers(Single single, Thread current) {
            LOCK.lock();
            try {
                WAITING.put(current, new Wait(single, INNERMOST.get()));
                waiting = WAITING.size();
                while (single.made == null) {
                    if (take(single, current)) {
                        return false;
                    }
                    refuseCircle(single, current);
                    if (single.by != null) { // who ends it from here on sees that somebody waits
                        ENDED.awaitUninterruptibly();
                    }
                }
                return true;
            } finally {
                WAITING.remove(current);
                waiting = WAITING.size();
                LOCK.unlock();
            }
        }

        static void end(Single single) {
            if (single.around == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(single.around);
            }
            single.around = null;
            release(single);
        }

        private static void release(Single single) {
            single.by = null;
            if (waiting > 0) {
                LOCK.lock();
                try {
                    ENDED.signalAll();
                } finally {
                    LOCK.unlock();
                }
            }
        }

        /** What waiting threads make doesn't change while the lock is held, so a circle that is found is one. */
        private static void refuseCircle(Single single, Thread current) {
            var circle = new ArrayList<Single>();
            Single asked = single;
            for (Thread by = asked.by; by != null; by = asked.by) {
                Wait wait = WAITING.get(by);
                if (wait == null) {
                    return; // it goes on, and will end
                }
                circle.addAll(since(asked, wait.innermost));
                if (by == current) {
                    circle.forEach(one -> one.isInCircle = true);
                    throw new ObjectCreationException(single.maker, new IllegalStateException(asksForItself(circle)));
                }
                asked = wait.asked;
            }
        }

        /** What a thread makes for the sake of one object, from that on. */
        private static List<Single> since(Single outermost, Single innermost) {
            Deque<Single> way = new ArrayDeque<>();
            Single at = innermost;
            while (at != null && at != outermost) {
                way.push(at);
                at = at.around;
            }
            way.push(outermost);
            return List.copyOf(way);
        }

        private static String asksForItself(List<Single> circle) {
            String says = "It asks for itself while it is made";
            return circle.size() == 1
                    ? says
                    : Stream.concat(circle.stream(), Stream.of(circle.get(0)))
                            .map(one -> one.maker.recipe().makes().toString())
                            .collect(Collectors.joining(" → ", says + ": ", ""));
        }
    }
}
