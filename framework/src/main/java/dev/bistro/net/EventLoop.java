package dev.bistro.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector, the connections registered with it, those of them that are ready, and tasks from other threads. It is a thing, not a
 * thread: one {@link Worker} at a time leads it, and when a handler that the leader runs doesn't come back, the {@link Watchdog} takes the
 * loop away and another worker leads on (the leader/followers pattern, Schmidt et al., Pattern-Oriented Software Architecture 2).
 *
 * <pre>
 *             enter: volatile store                      the watchdog saw the same odd state twice
 *   even ──────────────────────────▶ odd  ───────────────────────────────────────────────▶ even, led by another worker
 *   loop code runs ◀──────────────── a handler runs       compare-and-set to odd + 1
 *             leave: compare-and-set to odd + 1; if it fails, the loop is another worker's
 * </pre>
 *
 * <p>Owner of all fields but {@code tasks}, {@code asleep}, {@code connections} and {@code state}: the leader. When the loop has ended nobody leads
 * it; the tasks that are still brought are run by those who bring them, one at a time.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int SWEEP_MILLIS = 250;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(EventLoop.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int index;
    private final Selector selector;
    private final Watchdog watchdog;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<Ready> ready = new ArrayDeque<>();
    private final Consumer<SelectionKey> collect = this::collect;
    private volatile boolean asleep;
    private volatile boolean stopped;
    private volatile boolean ended;
    private final AtomicBoolean runsLast = new AtomicBoolean();
    private final AtomicInteger connections = new AtomicInteger();

    @SuppressWarnings("unused") // by way of STATE
    private long state;

    private Worker leader;
    private SocketConnection running;
    /** Written by the leader, read by whoever has a connection. */
    private volatile long nowMillis = System.nanoTime() / 1_000_000;

    private long nextSweepMillis = nowMillis + SWEEP_MILLIS;

    EventLoop(int index, Watchdog watchdog) throws IOException {
        this.index = index;
        this.watchdog = watchdog;
        this.selector = Selector.open();
    }

    int index() {
        return index;
    }

    Selector selector() {
        return selector;
    }

    /** Who leads it; for the leader's own use. */
    Worker leader() {
        return leader;
    }

    /** The time as of the last return from select: coarse, monotonic, good for deadlines. */
    long nowMillis() {
        return nowMillis;
    }

    /** How many connections were given to this loop and aren't closed yet; counted by any thread. */
    AtomicInteger connections() {
        return connections;
    }

    // ---- the leader's round

    /** Leads until the loop stops or is taken away. */
    void lead(Worker worker) throws IOException {
        leader = worker;
        if (running != null) {
            running.takenFromLeader();
            running = null;
        }
        while (!stopped) {
            runTasks();
            if (!serveReady(worker)) {
                return;
            }
            select();
            sweepDeadlines(worker);
        }
        end();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A task of event loop {} failed", index, e);
            }
        }
    }

    /** Serves what is ready; false if the loop was taken away meanwhile. */
    private boolean serveReady(Worker worker) {
        for (Ready next = ready.poll(); next != null; next = ready.poll()) {
            next.serve(worker);
            if (!worker.leads(this)) {
                return false;
            }
        }
        return true;
    }

    /** Collects what is ready, and runs nothing of it: while it selects, the selector's monitors are held. */
    private void select() throws IOException {
        asleep = true;
        try {
            if (tasks.isEmpty() && ready.isEmpty() && !stopped) {
                selector.select(collect, SWEEP_MILLIS);
            } else {
                selector.selectNow(collect);
            }
        } finally {
            asleep = false;
        }
        nowMillis = System.nanoTime() / 1_000_000;
    }

    private void collect(SelectionKey key) {
        Ready source = (Ready) key.attachment();
        if (source.collected(key)) {
            ready.add(source);
        }
    }

    private void sweepDeadlines(Worker worker) {
        if (nowMillis < nextSweepMillis) {
            return;
        }
        nextSweepMillis = nowMillis + SWEEP_MILLIS;
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                ((Ready) key.attachment()).sweep(worker);
            }
        }
    }

    /** Has the next round look at all deadlines. */
    void sweepSoon() {
        nextSweepMillis = nowMillis;
    }

    /** Serves this in the present round, as if the selector had found it ready. */
    void enqueue(Ready source) {
        ready.add(source);
    }

    // ---- running a handler

    /** A handler of this connection is about to run on the leader's thread. The result is to be given to {@link #leave}. */
    long enter(SocketConnection connection) {
        running = connection;
        long entered = (long) STATE.get(this) + 1;
        STATE.setVolatile(this, entered);
        watchdog.wake(); // either it sees the state at the last look before it rests, or we see that it rests
        return entered;
    }

    /** The handler came back: whether its thread still leads the loop. If not, it must touch nothing of the loop any more. */
    boolean leave(long entered) {
        boolean leads = STATE.compareAndSet(this, entered, entered + 1);
        if (leads) {
            running = null;
        }
        return leads;
    }

    /** The state: odd while a handler runs. */
    long state() {
        return (long) STATE.getVolatile(this);
    }

    /** Takes the loop from a leader whose handler doesn't come back; false if it just did. */
    boolean takeAway(long seen) {
        return STATE.compareAndSet(this, seen, seen + 1);
    }

    // ---- from other threads

    /** Has the leader run a task that doesn't wait. */
    void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runLast();
        } else if (asleep) {
            selector.wakeup();
        }
    }

    /** What a handler leaves that comes back only now has to be let go of too. Never waits for another thread that does the same. */
    private void runLast() {
        while (!tasks.isEmpty() && runsLast.compareAndSet(false, true)) {
            try {
                runTasks();
            } finally {
                runsLast.set(false);
            }
        }
    }

    /** Ends the loop; its connections are closed. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    private void end() throws IOException {
        try {
            closeAll();
        } finally {
            ended = true;
            runLast();
        }
    }

    private void closeAll() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Ready) key.attachment()).close();
        }
        selector.close();
    }
}
