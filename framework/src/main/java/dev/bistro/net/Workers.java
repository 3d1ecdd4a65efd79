package dev.bistro.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workers that lead loops, and the spares that wait for a loop to lead. A new one is made when a loop needs a leader and none is
 * spare; a spare that isn't needed for a while ends, and one too many at once.
 */
final class Workers {
    private static final long SPARE_SECONDS = 30;
    private static final int MOST_SPARES = 8;

    private final int readBufferBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock:
    private final Deque<EventLoop> leaderless = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();
    private int spares;
    private int made;
    private boolean stopped;

    Workers(int readBufferBytes) {
        this.readBufferBytes = readBufferBytes;
    }

    /** Has a worker lead the loop. */
    void lead(EventLoop loop) {
        lock.lock();
        try {
            leaderless.add(loop);
            if (spares >= leaderless.size()) {
                changed.signal();
            } else {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        var thread = new Thread(new Worker(this, readBufferBytes), "bistro-worker-" + ++made);
        thread.setDaemon(false); // they keep the process alive; whoever starts them may be a daemon
        threads.add(thread);
        thread.start();
    }

    /** The next loop for a worker that leads none; null when it is to end. */
    EventLoop next(Worker worker) {
        lock.lock();
        try {
            long nanos = spares < MOST_SPARES ? TimeUnit.SECONDS.toNanos(SPARE_SECONDS) : 0;
            spares++;
            while (leaderless.isEmpty() && !stopped && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            spares--;
            EventLoop loop = leaderless.poll();
            if (loop == null) {
                threads.remove(Thread.currentThread());
                changed.signalAll();
            }
            return loop;
        } catch (InterruptedException stop) {
            spares--;
            threads.remove(Thread.currentThread());
            changed.signalAll();
            return null;
        } finally {
            lock.unlock();
        }
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
            threads.forEach(Thread::interrupt);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
