package dev.bistro.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector, the connections registered with it, the ready ones among them, and mail from other threads. It isn't a
 * thread: one {@link Worker} at a time leads it. When a handler that the leader runs doesn't return soon, the {@link
 * Watchdog} takes the loop away, and another worker leads it (the leader/followers pattern, Schmidt et al.,
 * Pattern-Oriented Software Architecture 2).
 *
 * <pre>
 *             enterHandler: volatile store               the watchdog saw the same odd state twice
 *   even ──────────────────────────▶ odd  ───────────────────────────────────────────────▶ even, led by another worker
 *   loop code runs ◀──────────────── a handler runs       compare-and-set to odd + 1
 *             leaveHandler: compare-and-set to odd + 1; if it fails, the loop is another worker's
 * </pre>
 *
 * <p>What a connection throws costs only that connection. A fault of the loop itself costs a round. A selector that
 * keeps failing is replaced; if no new one can be opened, the loop is lost.
 *
 * <p>Owner of the fields: the leader, except for {@code mailbox}, {@code asleep}, {@code connections}, {@code state}
 * and the flags that other threads set, as in {@link #stop}. When the loop has ended it has no leader; threads that
 * still post mail read it themselves, one at a time.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int SWEEP_MILLIS = 250;
    private static final int FAILURES_BEFORE_REPLACEMENT = 20;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(EventLoop.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int index;
    private final Machine machine;
    private final Watchdog watchdog;
    private final Consumer<EventLoop> whenLost;
    private final Mailbox mailbox = new Mailbox();
    private final Queue<SelectionHandler> ready = new ArrayDeque<>();
    private final Consumer<SelectionKey> collect = this::collect;
    private volatile Selector selector; // changed only when it keeps failing
    private volatile boolean asleep;
    private volatile boolean stopped;
    private volatile boolean ended;
    private volatile boolean sweepAsked;
    private volatile Runnable whenSwept; // called once
    private volatile boolean roomAsked;
    private volatile boolean memoryAsked;
    private final AtomicBoolean readsLastMail = new AtomicBoolean();
    private final AtomicInteger connections = new AtomicInteger();

    @SuppressWarnings("unused") // accessed through STATE
    private long state;

    private Worker leader;
    private final Set<Opening> openings = new LinkedHashSet<>();
    private ServedConnection running;
    private ExecutionProfile runningProfile;
    private Runnable runningHandler;
    private int failures;
    /** Written by the leader, read by the owners of connections. */
    private volatile long nowMillis = System.nanoTime() / 1_000_000;

    private long nextSweepMillis = nowMillis + SWEEP_MILLIS;

    EventLoop(int index, Machine machine, Watchdog watchdog, Consumer<EventLoop> whenLost) throws IOException {
        this.index = index;
        this.machine = machine;
        this.watchdog = watchdog;
        this.whenLost = whenLost;
        this.selector = machine.openSelector();
    }

    int index() {
        return index;
    }

    Selector selector() {
        return selector;
    }

    /** The leader; for the leader's own use. */
    Worker leader() {
        return leader;
    }

    /** The time of the last return from select: coarse and monotonic, for deadlines. */
    long nowMillis() {
        return nowMillis;
    }

    /** The connections that are being opened, the oldest first; for the leader's own use. */
    Set<Opening> openings() {
        return openings;
    }

    /** The number of connections that were given to this loop and aren't closed yet; for any thread. */
    AtomicInteger connections() {
        return connections;
    }

    // ---- the leader's round

    /** Leads until the loop stops or is taken away. */
    void lead(Worker worker) {
        leader = worker;
        if (running != null) {
            running.leaveLoop(); // the handler that lost the loop keeps its connection
            running = null;
        }
        runningHandler = null;
        while (!stopped) {
            if (!runRound(worker)) {
                return;
            }
        }
        end();
    }

    /** Does one round and recovers from its faults; false if the loop was taken away from the worker. */
    private boolean runRound(Worker worker) {
        try {
            boolean leads = round(worker);
            failures = 0;
            return leads;
        } catch (Throwable fault) {
            boolean leads = worker.leads(this);
            if (leads) {
                recoverFrom(fault);
            }
            return leads;
        }
    }

    private boolean round(Worker worker) throws IOException {
        mailbox.read();
        if (!serveReady(worker)) {
            return false;
        }
        select();
        return sweep(worker);
    }

    /** Serves what is ready now, but not what becomes ready meanwhile; false if the loop was taken away. */
    private boolean serveReady(Worker worker) {
        for (int i = ready.size(); i > 0; i--) {
            ready.remove().serve(worker);
            if (!worker.leads(this)) {
                return false;
            }
        }
        return true;
    }

    /** Collects what is ready without serving it, since the selector's monitors are held during select. */
    private void select() throws IOException {
        Thread.interrupted(); // a stray interrupt would keep the selector from waiting, and reach the next handler
        asleep = true;
        try {
            boolean idle = mailbox.isEmpty() && ready.isEmpty() && !isAsked();
            machine.select(selector, collect, idle ? SWEEP_MILLIS : 0);
        } finally {
            asleep = false;
        }
        nowMillis = System.nanoTime() / 1_000_000;
    }

    private boolean isAsked() {
        return stopped || sweepAsked || roomAsked || memoryAsked;
    }

    /** Leaves a key that fails here to the next round, in which it is ready again. */
    private void collect(SelectionKey key) {
        try {
            SelectionHandler source = (SelectionHandler) key.attachment();
            if (source.onSelected(key)) {
                ready.add(source);
            }
        } catch (CancelledKeyException closed) {
            LOG.trace("Closed while it was ready");
        }
    }

    /** Checks all deadlines every {@value #SWEEP_MILLIS} ms; false if the loop was taken away meanwhile. */
    private boolean sweep(Worker worker) {
        boolean isDue = sweepAsked || nowMillis >= nextSweepMillis;
        if (isDue) {
            mailbox.read(); // connections may have come back without waking the loop
            if (!worker.leads(this)) {
                return false;
            }
        }
        if (roomAsked) {
            roomAsked = false;
            makeRoom(worker);
        }
        if (memoryAsked) {
            memoryAsked = false;
            freeMemory();
        }
        if (!isDue) {
            return worker.leads(this);
        }
        sweepAsked = false;
        Runnable afterwards = whenSwept;
        nextSweepMillis = nowMillis + SWEEP_MILLIS;
        for (SelectionKey key : selector.keys()) {
            ((SelectionHandler) key.attachment()).sweep(worker);
            cancelIfClosed(key);
            if (!worker.leads(this)) {
                return false;
            }
        }
        if (afterwards != null) {
            whenSwept = null;
            afterwards.run();
        }
        return true;
    }

    /** Cancels the key of a closed channel: it stays, and the descriptor with it, if memory ended during the close. */
    private static void cancelIfClosed(SelectionKey key) {
        if (!key.channel().isOpen()) {
            key.cancel();
        }
    }

    /** Closes a connection whose opening stalls, or the one that has been idle for longest, if there is one. */
    private void makeRoom(Worker worker) {
        Opening oldest = openings.isEmpty() ? null : openings.iterator().next();
        if (oldest != null && oldest.stalls()) {
            oldest.drop(DropReason.EVICTED, DropReason.EVICTED.words());
            return;
        }
        ServedConnection longest = earliest(ServedConnection::idleSince);
        if (longest != null) {
            longest.evict(worker);
        }
    }

    /**
     * Drops the connection whose client has taken nothing for longest; the next round checks whether that was enough.
     */
    private void freeMemory() {
        ServedConnection slowest = earliest(ServedConnection::writeDue);
        if (slowest != null) {
            slowest.drop(DropReason.NO_MEMORY);
            memoryAsked = slowest.isMemoryShort();
        }
    }

    /** The connection with the earliest time of a kind; null if all times are {@code Long.MAX_VALUE}. */
    private ServedConnection earliest(ToLongFunction<ServedConnection> time) {
        ServedConnection first = null;
        long earliest = Long.MAX_VALUE;
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof ServedConnection connection && time.applyAsLong(connection) < earliest) {
                first = connection;
                earliest = time.applyAsLong(connection);
            }
        }
        return first;
    }

    /** Has this served as if the selector had found it ready. */
    void enqueue(SelectionHandler source) {
        ready.add(source);
    }

    // ---- faults

    private void recoverFrom(Throwable fault) {
        failures++;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(failures, SWEEP_MILLIS)));
        if (failures % FAILURES_BEFORE_REPLACEMENT == 0 && !(fault instanceof OutOfMemoryError)) {
            replaceSelector();
        }
        if (failures == 1 || failures % FAILURES_BEFORE_REPLACEMENT == 0) {
            FaultLog.log(LOG, "An event loop continues after a fault", fault);
        }
    }

    /** Moves everything that is registered to a new selector. */
    private void replaceSelector() {
        try {
            Selector old = selector;
            Selector fresh = machine.openSelector();
            selector = fresh;
            for (SelectionKey key : old.keys()) {
                moveTo(fresh, (SelectionHandler) key.attachment());
            }
            old.close();
        } catch (Throwable none) {
            stopped = true;
            FaultLog.log(LOG, "An event loop is lost, with its connections", none);
            whenLost.accept(this);
        }
    }

    private static void moveTo(Selector fresh, SelectionHandler source) {
        try {
            source.moveTo(fresh);
        } catch (IOException | RuntimeException | Error e) {
            source.close();
        }
    }

    // ---- running a handler

    /**
     * Notes that a handler of this connection is about to run on the leader's thread.
     *
     * @return the state, for {@link #leaveHandler}
     */
    long enterHandler(ServedConnection connection, ExecutionProfile profile, Runnable handler) {
        running = connection;
        runningProfile = profile;
        runningHandler = handler;
        long entered = (long) STATE.get(this) + 1;
        STATE.setVolatile(this, entered);
        watchdog.wake(); // either it sees the state in its last look before it rests, or this thread sees that it rests
        return entered;
    }

    /**
     * Notes that the handler has returned; false if its thread no longer leads the loop, and must not touch it any
     * more.
     */
    boolean leaveHandler(long entered) {
        boolean leads = STATE.compareAndSet(this, entered, entered + 1);
        if (leads) {
            running = null;
            runningHandler = null;
        }
        return leads;
    }

    /** The state, which is odd while a handler runs. */
    long state() {
        return (long) STATE.getVolatile(this);
    }

    /** The handler that runs; for the watchdog, to which it is of use if it {@linkplain #takeAway takes the loop}. */
    Runnable runningHandler() {
        return runningHandler;
    }

    /** The worker that leads, as of use to the watchdog as {@link #runningHandler}. */
    Worker leadingWorker() {
        return leader;
    }

    /**
     * Takes the loop from its leader, whose handler doesn't return; the loop has no leader then.
     *
     * @param buffer for {@link Scheduling}
     * @return the handler's profile; null if the handler has just returned, and the leader stays
     */
    ExecutionProfile takeAway(long seen, ByteBuffer buffer) {
        leader.noteLoopLoss(buffer); // before the leader can notice
        return STATE.compareAndSet(this, seen, seen + 1) ? runningProfile : null;
    }

    // ---- from other threads

    /** Posts mail for a connection, which the leader reads. Allocates nothing and never throws. */
    void post(MailReceiver connection, int mail) {
        postWithoutWaking(connection, mail);
        wakeUp(); // not if it has ended: it isn't asleep then
    }

    /** Posts mail that is read before what the connection's socket becomes ready for, or with the next sweep. */
    void postWithoutWaking(MailReceiver connection, int mail) {
        mailbox.add(connection, mail);
        if (ended) {
            readLastMail();
        }
    }

    /** Has the next round check all deadlines. */
    void sweepSoon() {
        sweepAsked = true;
        wakeUp();
    }

    /** Has the next round check all deadlines, and runs the action afterwards. */
    void whenSwept(Runnable action) {
        whenSwept = action;
        sweepSoon();
    }

    /** Has the next round close the connection that has been idle for longest. */
    void makeRoomSoon() {
        roomAsked = true;
        wakeUp();
    }

    /** Has the present round drop the client that takes too little; for the leader. */
    void freeMemorySoon() {
        memoryAsked = true;
    }

    /** Whether it has ended, and will never have a leader again. */
    boolean isEnded() {
        return ended;
    }

    /** Whether it serves connections: it wasn't stopped or lost. */
    boolean serves() {
        return !stopped;
    }

    /** Wakes the leader if it waits in select, so that it sees what has changed. */
    void wakeUp() {
        if (asleep) {
            selector.wakeup();
        }
    }

    /**
     * Reads mail that comes after the loop's end, so that connections of late handlers are cleaned up too. Never waits
     * for another thread that does the same.
     */
    private void readLastMail() {
        while (!mailbox.isEmpty() && readsLastMail.compareAndSet(false, true)) {
            try {
                mailbox.read();
            } finally {
                readsLastMail.set(false);
            }
        }
    }

    /** Has the loop end and close its connections. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    /**
     * Closes all connections. Called by the last leader, or if a stopped loop has none, by the thread that stops it.
     */
    void end() {
        try {
            for (SelectionKey key : selector.keys()) {
                ((SelectionHandler) key.attachment()).close();
            }
            selector.close();
        } catch (IOException | RuntimeException | Error e) {
            FaultLog.log(LOG, "An event loop ended with a fault", e);
        } finally {
            ended = true;
            readLastMail();
        }
    }
}
