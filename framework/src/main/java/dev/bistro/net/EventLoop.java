package dev.bistro.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector, the connections registered with it, those of them that are ready, and mail from other threads. It is a
 * thing, not a thread: one {@link Worker} at a time leads it, and when a handler that the leader runs doesn't come
 * back, the {@link Watchdog} takes the loop away and another worker leads on (the leader/followers pattern, Schmidt et
 * al., Pattern-Oriented Software Architecture 2).
 *
 * <pre>
 *             enter: volatile store                      the watchdog saw the same odd state twice
 *   even ──────────────────────────▶ odd  ───────────────────────────────────────────────▶ even, led by another worker
 *   loop code runs ◀──────────────── a handler runs       compare-and-set to odd + 1
 *             leave: compare-and-set to odd + 1; if it fails, the loop is another worker's
 * </pre>
 *
 * <p>Whatever a connection throws costs that connection only. A fault of the loop's own costs a round; where the
 * selector goes on failing, it is replaced by a new one, and only if that can't be had is the loop lost.
 *
 * <p>Owner of all fields but {@code mailbox}, {@code asleep}, {@code connections}, {@code state} and those set by
 * {@link #stop} and its like: the leader. When the loop has ended nobody leads it; the mail that still comes is read by
 * those who bring it, one at a time.
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
    private volatile Selector selector; // which only a failing one makes change
    private volatile boolean asleep;
    private volatile boolean stopped;
    private volatile boolean ended;
    private volatile boolean sweepAsked;
    private volatile Runnable whenSwept; // once
    private volatile boolean roomAsked;
    private volatile boolean memoryAsked;
    private final AtomicBoolean readsLastMail = new AtomicBoolean();
    private final AtomicInteger connections = new AtomicInteger();

    @SuppressWarnings("unused") // by way of STATE
    private long state;

    private Worker leader;
    private ServedConnection running;
    private ExecutionProfile runningProfile;
    private int failures;
    /** Written by the leader, read by whoever has a connection. */
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
    void lead(Worker worker) {
        leader = worker;
        if (running != null) {
            running.leaveLoop();
            running = null;
        }
        while (!stopped) {
            if (!runRound(worker)) {
                return;
            }
        }
        end();
    }

    /** One turn of the loop, whatever happens in it; false if it was taken away from the worker. */
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

    /** Serves what is ready now, and not what becomes ready by that; false if the loop was taken away. */
    private boolean serveReady(Worker worker) {
        for (int i = ready.size(); i > 0; i--) {
            ready.remove().serve(worker);
            if (!worker.leads(this)) {
                return false;
            }
        }
        return true;
    }

    /** Collects what is ready, and runs nothing of it: while it selects, the selector's monitors are held. */
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

    /** Where this fails for one, it is ready at the next round too. */
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

    /** Looks at all deadlines every now and then; false if the loop was taken away by that. */
    private boolean sweep(Worker worker) {
        if (roomAsked) {
            roomAsked = false;
            makeRoom(worker);
        }
        if (memoryAsked) {
            memoryAsked = false;
            freeMemory();
        }
        if (nowMillis < nextSweepMillis && !sweepAsked) {
            return worker.leads(this);
        }
        sweepAsked = false;
        Runnable told = whenSwept;
        nextSweepMillis = nowMillis + SWEEP_MILLIS;
        for (SelectionKey key : selector.keys()) {
            ((SelectionHandler) key.attachment()).sweep(worker);
            if (!worker.leads(this)) {
                return false;
            }
        }
        if (told != null) {
            told.run();
        }
        return true;
    }

    /** Has the connection give way that has been idle for longest, if one has been long enough. */
    private void makeRoom(Worker worker) {
        ServedConnection longest = earliest(ServedConnection::idleSince);
        if (longest != null) {
            longest.giveWay(worker);
        }
    }

    /** Gives up the client who has taken nothing for longest, and looks again in the next round. */
    private void freeMemory() {
        ServedConnection slowest = earliest(ServedConnection::writeDue);
        if (slowest != null) {
            slowest.drop(DropReason.NO_MEMORY);
            memoryAsked = slowest.isMemoryShort();
        }
    }

    /** The connection with the earliest time of a kind; null if all have {@code Long.MAX_VALUE}. */
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

    /** Serves this in the present round, as if the selector had found it ready. */
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
            FaultLog.log(LOG, "An event loop goes on after a fault", fault);
        }
    }

    /** Moves all that are registered to a new selector. */
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

    /** A handler of this connection is about to run on the leader's thread. The result is to be given to {@link #leaveHandler}. */
    long enterHandler(ServedConnection connection, ExecutionProfile profile) {
        running = connection;
        runningProfile = profile;
        long entered = (long) STATE.get(this) + 1;
        STATE.setVolatile(this, entered);
        watchdog.wake(); // either it sees the state at the last look before it rests, or we see that it rests
        return entered;
    }

    /** The handler came back: whether its thread still leads the loop. If not, it must touch nothing of the loop any more. */
    boolean leaveHandler(long entered) {
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

    /**
     * Takes the loop from a leader whose handler doesn't come back, and tells whose it is; null if it just did. Nobody
     * leads the loop then.
     */
    ExecutionProfile takeAway(long seen) {
        leader.noteLoopLoss(); // before it can notice
        return STATE.compareAndSet(this, seen, seen + 1) ? runningProfile : null;
    }

    // ---- from other threads

    /** Has the leader read what a connection's mail says. Allocates nothing, and never throws. */
    void post(ServedConnection connection, int mail) {
        mailbox.add(connection, mail);
        if (ended) {
            readLastMail();
        } else if (asleep) {
            selector.wakeup();
        }
    }

    /** Has the next round look at all deadlines, now. */
    void sweepSoon() {
        sweepAsked = true;
        wakeUp();
    }

    /** Has the next round look at all deadlines, and says when it has. */
    void whenSwept(Runnable action) {
        whenSwept = action;
        sweepSoon();
    }

    /** Has the next round close the connection that has been idle for longest. */
    void makeRoomSoon() {
        roomAsked = true;
        wakeUp();
    }

    /** Has this round give up the client who takes too little; for the leader. */
    void freeMemorySoon() {
        memoryAsked = true;
    }

    /** Whether nobody leads it any more, nor ever will. */
    boolean isEnded() {
        return ended;
    }

    /** Whether it serves connections. */
    boolean serves() {
        return !stopped;
    }

    /** Has a selector that waits come back, so that the leader sees what has changed. */
    void wakeUp() {
        if (asleep) {
            selector.wakeup();
        }
    }

    /** What a handler leaves that comes back only now has to be let go of too. Never waits for another thread that does the same. */
    private void readLastMail() {
        while (!mailbox.isEmpty() && readsLastMail.compareAndSet(false, true)) {
            try {
                mailbox.read();
            } finally {
                readsLastMail.set(false);
            }
        }
    }

    /** Ends the loop; its connections are closed. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    /** Closes all connections; called by the last leader, or where a loop that is stopped has none, by who stops it. */
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
