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
 * One object of an application or of a request. The first thread that asks for it makes it, and others that ask
 * meanwhile wait. Threads never wait for each other in a cycle: the thread that would close the cycle gets the fault
 * that a single thread gets if the object asks for itself. No other lock is held while code of the user's runs.
 *
 * <pre>
 *   not made ── first to ask ──▶ made by a thread ── done ──▶ made
 *       ▲                               │
 *       └─────────── it threw ──────────┘   those that wait try it themselves
 * </pre>
 */
final class SharedInstance {
    private static final AtomicReferenceFieldUpdater<SharedInstance, Thread> CREATOR =
            AtomicReferenceFieldUpdater.newUpdater(SharedInstance.class, Thread.class, "creator");

    private final ObjectProvider provider;
    private final Supplier<Object> creation;
    private volatile Object made;
    private volatile Thread creator; // the thread that makes it now
    private volatile boolean isInCycle; // found since its creator began
    private SharedInstance enclosing; // what the creator was making when it began this one; set while "creator" is

    /**
     * Makes nothing yet.
     *
     * @param creation makes the object
     */
    SharedInstance(ObjectProvider provider, Supplier<Object> creation) {
        this.provider = provider;
        this.creation = creation;
    }

    /** An object that exists already. */
    static SharedInstance of(ObjectProvider provider, Object existing) {
        var instance = new SharedInstance(provider, () -> existing);
        instance.made = existing;
        return instance;
    }

    /**
     * The object, which is made if need be.
     *
     * @throws ObjectCreationException if that fails, or would never end
     */
    Object get() {
        Object known = made;
        return known != null ? known : Creations.begin(this) ? make() : made;
    }

    private Object make() {
        try {
            Object done = creation.get();
            made = done;
            return done;
        } finally {
            Creations.end(this);
        }
    }

    /** Whether it was found to need itself since its creator began: then its failure isn't its own fault alone. */
    boolean isInCycle() {
        return isInCycle;
    }

    /**
     * What the threads of the process make just now, and which thread waits for which. It is for all applications of
     * the process, so that objects of two of them can't wait for each other either. A thread takes the lock only if it
     * has to wait, or if others do.
     */
    private static final class Creations {
        private static final ThreadLocal<SharedInstance> INNERMOST = new ThreadLocal<>();
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Condition ENDED = LOCK.newCondition();
        private static final Map<Thread, Wait> WAITING = new HashMap<>(); // guarded by LOCK
        private static volatile int waiting; // the size of WAITING; written with LOCK held

        /** What a thread waits for, and what it was making when it began to wait. */
        private record Wait(SharedInstance asked, SharedInstance innermost) {}

        private Creations() {}

        /** Whether the calling thread has to make it; otherwise it is made. */
        static boolean begin(SharedInstance instance) {
            Thread current = Thread.currentThread();
            return take(instance, current) || !isMadeByOthers(instance, current);
        }

        private static boolean take(SharedInstance instance, Thread current) {
            if (instance.creator != null || !CREATOR.compareAndSet(instance, null, current)) {
                return false;
            }
            if (instance.made != null) { // made by a thread that was done just now
                release(instance);
                return false;
            }
            instance.enclosing = INNERMOST.get();
            instance.isInCycle = false;
            INNERMOST.set(instance);
            return true;
        }

        /** Waits until it is made; false if the calling thread has to make it, since another failed. */
        private static boolean isMadeByOthers(SharedInstance instance, Thread current) {
            LOCK.lock();
            try {
                WAITING.put(current, new Wait(instance, INNERMOST.get()));
                waiting = WAITING.size();
                while (instance.made == null) {
                    if (take(instance, current)) {
                        return false;
                    }
                    refuseCycle(instance, current);
                    if (instance.creator != null) { // the thread that ends it from here on sees that this one waits
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

        static void end(SharedInstance instance) {
            if (instance.enclosing == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(instance.enclosing);
            }
            instance.enclosing = null;
            release(instance);
        }

        private static void release(SharedInstance instance) {
            instance.creator = null;
            if (waiting > 0) {
                LOCK.lock();
                try {
                    ENDED.signalAll();
                } finally {
                    LOCK.unlock();
                }
            }
        }

        /** Waiting threads can't make progress while the lock is held, so a cycle that is found is a real one. */
        private static void refuseCycle(SharedInstance instance, Thread current) {
            var cycle = new ArrayList<SharedInstance>();
            SharedInstance asked = instance;
            for (Thread creator = asked.creator; creator != null; creator = asked.creator) {
                Wait wait = WAITING.get(creator);
                if (wait == null) {
                    return; // this thread runs, and will end
                }
                cycle.addAll(nestedIn(asked, wait.innermost));
                if (creator == current) {
                    cycle.forEach(one -> one.isInCycle = true);
                    throw new ObjectCreationException(
                            instance.provider, new IllegalStateException(asksForItself(cycle)));
                }
                asked = wait.asked;
            }
        }

        /** What a thread makes for one object that it began: that object first, then what is nested in it. */
        private static List<SharedInstance> nestedIn(SharedInstance outermost, SharedInstance innermost) {
            Deque<SharedInstance> nested = new ArrayDeque<>();
            SharedInstance at = innermost;
            while (at != null && at != outermost) {
                nested.push(at);
                at = at.enclosing;
            }
            nested.push(outermost);
            return List.copyOf(nested);
        }

        private static String asksForItself(List<SharedInstance> cycle) {
            String says = "It asks for itself while it is made";
            return cycle.size() == 1
                    ? says
                    : Stream.concat(cycle.stream(), Stream.of(cycle.get(0)))
                            .map(one -> one.provider.recipe().key().toString())
                            .collect(Collectors.joining(" → ", says + ": ", ""));
        }
    }
}
