package dev.bistro.net;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers that lead loops, and the spare ones that wait for a loop to lead. One spare worker for each loop is kept
 * in reserve from the start, so that a loop finds a leader even where no thread can be created any more. Further spares
 * end when they aren't needed for {@value #SPARE_SECONDS} seconds, and those beyond {@value #MAX_SPARES} at once. The
 * number of workers is bounded: while there is no reserve, {@link #hasReserve} returns false, and no handler runs on a
 * loop that might hold it up.
 */
final class Workers {
    private static final long SPARE_SECONDS = 30;
    private static final int MAX_SPARES = 8;

    /** The most workers that handlers may hold up, besides those that lead and those in reserve. */
    private static final int MAX_STALLED = 32;

    private final int readBufferBytes;
    private final ThreadFactory threadFactory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean reserve;
    private volatile boolean shorthanded;
    // guarded by lock:
    private final Set<Thread> threads = new HashSet<>();
    private List<EventLoop> loops = List.of();
    private boolean[] leaderless = {};
    private int toLead;
    private int spares;
    private int starting;
    private boolean stopped;

    Workers(int readBufferBytes, ThreadFactory threadFactory) {
        this.readBufferBytes = readBufferBytes;
        this.threadFactory = threadFactory;
    }

    /** Starts workers that lead these loops. */
    void begin(List<EventLoop> all) {
        lock.lock();
        try {
            loops = List.copyOf(all);
            leaderless = new boolean[all.size()];
        } finally {
            lock.unlock();
        }
        loops.forEach(this::lead);
    }

    /**
     * Has a worker lead the loop: a spare one, a new one, or else the next that becomes free. Allocates nothing except
     * for a new thread, and never throws.
     */
    void lead(EventLoop loop) {
        lock.lock();
        try {
            if (!leaderless[loop.index()]) {
                leaderless[loop.index()] = true;
                toLead++;
            }
            changed.signal();
            fillUp();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another worker could take over a loop at once, if its leader were held up now. */
    boolean hasReserve() {
        return reserve;
    }

    /**
     * Whether there are fewer workers than there should be, since no thread could be created; the watchdog calls {@link
     * #fillUpAgain} then.
     */
    boolean isShorthanded() {
        return shorthanded;
    }

    /** Tries again to create the workers that are missing. */
    void fillUpAgain() {
        lock.lock();
        try {
            fillUp();
        } finally {
            lock.unlock();
        }
    }

    private void fillUp() {
        boolean made = true;
        int wanted = stopped ? 0 : loops.size();
        while (made && free() < wanted && threads.size() < 2 * loops.size() + MAX_STALLED) {
            made = start();
        }
        shorthanded = !made;
        reserve = free() > 0;
    }

    /** The number of workers without a loop, less the loops without a worker. */
    private int free() {
        return spares + starting - toLead;
    }

    private boolean start() {
        Thread thread = null;
        try {
            thread = threadFactory.newThread(new Worker(this, readBufferBytes));
            threads.add(thread);
            starting++;
            thread.start();
            return true;
        } catch (Throwable none) { // no memory, or no thread: those that there are have to do
            if (threads.remove(thread)) {
                starting--;
            }
            return false;
        }
    }

    /** Waits for the next loop that the worker is to lead; null if it is to end. */
    EventLoop awaitLoop(Worker worker) {
        lock.lock();
        try {
            countAsSpare(worker);
            fillUp(); // updates the reserve, since there is one spare more
            long left = spares > MAX_SPARES ? 0 : TimeUnit.SECONDS.toNanos(SPARE_SECONDS);
            while (toLead == 0 && !stopped && (left > 0 || spares <= loops.size())) {
                left = awaitChange(left > 0 ? left : TimeUnit.SECONDS.toNanos(SPARE_SECONDS));
            }
            spares--;
            worker.state = Worker.State.LEADING;
            EventLoop loop = takeLeaderless();
            if (loop == null) {
                threads.remove(Thread.currentThread());
                changed.signalAll();
            }
            fillUp();
            return loop;
        } finally {
            lock.unlock();
        }
    }

    /** Counts the worker as spare once, also where it calls again after a fault. */
    private void countAsSpare(Worker worker) {
        if (worker.state == Worker.State.STARTING) {
            starting--;
        }
        if (worker.state != Worker.State.SPARE) {
            spares++;
        }
        worker.state = Worker.State.SPARE;
    }

    /** Waits, and ignores interrupts: only {@link #stop} ends a spare worker. */
    private long awaitChange(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException stray) {
            return nanos;
        }
    }

    private EventLoop takeLeaderless() {
        for (int i = 0; i < leaderless.length; i++) {
            if (leaderless[i]) {
                leaderless[i] = false;
                toLead--;
                return loops.get(i);
            }
        }
        return null;
    }

    /** The number of workers. */
    int count() {
        lock.lock();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the spare workers now, and the leaders when their loops end. Waits this long for them, then interrupts those
     * that are still in a handler.
     */
    void stop(long nanos) {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            long left = nanos;
            while (!threads.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.forEach(Thread::interrupt);
            lock.unlock();
        }
        endLeaderless();
    }

    /** Ends loops without a leader on this thread, which closes their connections. */
    private void endLeaderless() {
        EventLoop loop = nextLeaderless();
        while (loop != null) {
            loop.end();
            loop = nextLeaderless();
        }
    }

    private EventLoop nextLeaderless() {
        lock.lock();
        try {
            return takeLeaderless();
        } finally {
            lock.unlock();
        }
    }
}
