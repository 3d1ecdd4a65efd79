package dev.bistro.net;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread with its buffers: leads one loop at a time, and waits among the {@link Workers} for the next one.
 * Buffers belong to workers and never to connections, so that an idle connection has none. No fault ends a worker.
 */
final class Worker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int OUTPUT_BYTES = 16 * 1024;

    private final Workers workers;
    private final Input input;
    private final Output output = new Output(OUTPUT_BYTES);
    private EventLoop led; // owner: this worker's thread
    private final ByteBuffer schedulingRead = Scheduling.newBuffer();
    private Thread thread; // set before it leads
    private Scheduling scheduling; // set before it leads
    // written by the watchdog, before this worker can notice that its loop is taken away
    private volatile long lostNanos;
    private volatile long lostDelay;
    private volatile boolean lostWaiting;
    /** The state as which it is counted; guarded by the lock of {@link Workers}. */
    State state = State.STARTING;

    /** What a worker does at a time. */
    enum State {
        STARTING,
        SPARE,
        LEADING
    }

    Worker(Workers workers, int readBufferBytes) {
        this.workers = workers;
        this.input = new Input(readBufferBytes);
    }

    Input input() {
        return input;
    }

    Output output() {
        return output;
    }

    boolean leads(EventLoop loop) {
        return led == loop;
    }

    /** The thread that this is on, once it has led a loop. */
    Thread thread() {
        return thread;
    }

    /** What the system says of its thread, once it has led a loop. */
    Scheduling scheduling() {
        return scheduling;
    }

    /** Notes the time at which its loop is taken away, and what it does then; called by the watchdog. */
    void noteLoopLoss(ByteBuffer buffer) {
        lostNanos = System.nanoTime();
        lostDelay = scheduling.delayNanos(buffer);
        lostWaiting = isWaiting();
    }

    /** Whether its thread is seen to wait now: a call of the system is no such wait. */
    boolean isWaiting() {
        return thread.getState() != Thread.State.RUNNABLE;
    }

    /** Whether it was seen to wait when its loop was taken away. */
    boolean wasWaiting() {
        return lostWaiting;
    }

    /** How long it has held up others since its loop was taken away, without the time in which others held it up. */
    private long nanosSinceLoss() {
        long waited = Scheduling.between(lostDelay, scheduling.delayNanos(schedulingRead));
        return System.nanoTime() - lostNanos - waited;
    }

    /**
     * Runs a handler on the loop that this worker leads, watched by the watchdog.
     *
     * @param connection the connection that the handler owns, or null
     * @return false if the loop was taken away while it ran
     */
    boolean run(Runnable handler, ExecutionProfile profile, ServedConnection connection) {
        EventLoop loop = led;
        long entered = loop.enterHandler(connection, profile, handler);
        try {
            handler.run();
        } finally {
            Thread.interrupted(); // the handler may have interrupted itself, which would keep the selector from waiting
            if (loop.leaveHandler(entered)) {
                profile.ranInline(loop.index());
            } else {
                led = null;
                profile.stalledRunReturned(nanosSinceLoss(), lostWaiting);
            }
        }
        return led == loop;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        scheduling = Scheduling.ofThisThread();
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = leadNext();
            } catch (Throwable fault) {
                FaultLog.log(LOG, "A worker continues after a fault", fault);
            }
        }
        scheduling.close();
    }

    private boolean leadNext() {
        EventLoop loop = workers.awaitLoop(this);
        if (loop == null) {
            return false;
        }
        led = loop;
        try {
            loop.lead(this);
        } finally {
            boolean failed = led == loop && !loop.isEnded();
            led = null;
            if (failed) {
                workers.lead(loop);
            }
        }
        return true;
    }
}
