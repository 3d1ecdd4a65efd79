package dev.bistro.net;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers that lead loops, and the spares that wait for a loop to lead. One spare for each loop is kept in reserve
 * from the beginning, so that a loop finds a leader also where no thread can be made any more; a spare beyond that ends
 * when it isn't needed for a while, and one too many at once. Their number is bounded: where the reserve can't be
 * filled up, {@link #hasReserve} says so, and no handler is run that could hold up a loop.
 */
final class Workers {
    private static final long SPARE_SECONDS = 30;
    private static final int MAX_SPARES = 8;

    /** How many workers may be held up by handlers, beside those that lead and those in reserve. */
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

    /** Has workers lead these loops from now on. */
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
     * Has a worker lead the loop: a spare, or a new one, or else the next that comes back. Needs no memory but for a
     * new thread, and never throws.
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

    /** Whether a loop could be led on if its leader were held up now. */
    boolean hasReserve() {
        return reserve;
    }

    /**
     * Whether there are fewer workers than there should be, since no thread could be made: then {@link #fillUpAgain} is to
     * be called.
     */
    boolean isShorthanded() {
        return shorthanded;
    }

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

    /** How many workers have no loop to lead, nor are about to get one; below zero where loops wait for one. */
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
        } catch (Throwable none) { // no memory, or no thread: we go on with those that there are
            if (threads.remove(thread)) {
                starting--;
            }
            return false;
        }
    }

    /** The next loop for a worker that leads none; null when it is to end. */
    EventLoop awaitLoop(Worker worker) {
        lock.lock();
        try {
            countAsSpare(worker);
            fillUp(); // which also sees that there is one spare more
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

    /** Once for each time that it comes back, also where it has to ask again since something failed. */
    private void countAsSpare(Worker worker) {
        if (worker.state == Worker.State.STARTING) {
            starting--;
        }
        if (worker.state != Worker.State.SPARE) {
            spares++;
        }
        worker.state = Worker.State.SPARE;
    }

    /** An interrupt means nothing to a spare: only {@link #stop} ends it. */
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

    /** How many threads there are. */
    int count() {
        lock.lock();
        try {
            return threads.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the spares now, and the leaders when their loops end; waits for them this long, then interrupts those still in a handler. */
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

    /** Loops for which no thread could be had: this one closes their connections. */
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
