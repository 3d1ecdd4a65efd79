package dev.bistro.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over a socket, as its event loop serves it: what it waits for, who owns it, and how it ends.
 *
 * <pre>
 *                        readable: read, protocol, write
 *                      ┌────────────┐
 *   accepted ──▶ LOOP ◀┼────────────┘
 *                 │ ▲  └ woken, by any thread: the protocol writes what there is
 *   a task is     │ │  returned by mail to the loop: write what is left, go on with the input left over, or close;
 *   handed off,   │ │  or refused, since no thread claims the task in time
 *   or a handler  ▼ │
 *   holds up   TASK, LEFT   it belongs to a thread; the loop only wakes that thread where it waits for the socket
 *   the loop
 *
 *   end ──▶ all is written ──▶ (lingering, so that the client can read the last output) ──▶ NOBODY: closed
 * </pre>
 *
 * <p>Owner of the fields: the leader of the loop, at any time. The connection itself belongs to {@link #owner}. What a
 * connection throws costs that connection only: it is broken off first, and logged last.
 */
final class ServedConnection extends MailReceiver implements SelectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServedConnection.class);

    /** A connection that has been idle for this long may be closed to make room for a new one. */
    static final long MIN_IDLE_MILLIS = 1_000;

    // the kinds of mail
    static final int START = 1;
    static final int WAKE = 2;
    static final int WATCH = 4;
    private static final int RETURNED = 8;
    static final int BREAK_OFF = 16;

    private enum Owner {
        /** The leader of its loop. */
        LOOP,
        /**
         * The thread that claims the task to which the connection was handed off, or the leader, if it claims it first.
         */
        TASK,
        /** The thread of a handler that held up the loop; it has left the loop with the connection. */
        LEFT,
        /** Nobody: it is closed. */
        NOBODY
    }

    private final SocketConnection connection;
    private final SocketChannel channel;
    private final EventLoop loop;
    private final NetServer server;
    private final Registration registration;
    private Owner owner = Owner.LOOP;
    private QueuedTask queued;
    private boolean readable;
    private volatile boolean wakeDue; // for a task's thread to read
    private Linger linger;
    private boolean stopTold;

    ServedConnection(SocketConnection connection, SocketChannel channel, EventLoop loop, NetServer server) {
        this.connection = connection;
        this.channel = channel;
        this.loop = loop;
        this.server = server;
        this.registration = new Registration(channel);
    }

    // ---- mail

    @Override
    void readMail() {
        int kinds = takeMail();
        try {
            if ((kinds & START) != 0) {
                start();
            }
            if ((kinds & WATCH) != 0) {
                watch();
            }
            if ((kinds & RETURNED) != 0) {
                takeBack();
            }
            if ((kinds & WAKE) != 0) {
                noteWake();
            }
            if ((kinds & BREAK_OFF) != 0) {
                breakOff();
            }
        } catch (Throwable fault) {
            close();
            fail(fault);
        }
    }

    /** Begins with the protocol; input may be there already, which came with what opened the connection. */
    private void start() throws IOException {
        if (loop.isEnded()) {
            close();
            return;
        }
        connection.protocol = server.protocols().open(connection);
        registration.begin(loop.selector(), SelectionKey.OP_READ, this);
        if (connection.hasInput()) {
            loop.enqueue(this);
        }
    }

    /** Begins when something else has opened the connection. */
    void open() {
        try {
            start();
        } catch (Throwable fault) {
            close();
            fail(fault);
        }
    }

    private void watch() {
        if (owner == Owner.NOBODY) {
            connection.socketWait().wake();
        } else if (owner != Owner.LOOP) {
            registration.await(connection.socketWait().operation());
        }
    }

    /** The thread that owned the connection has returned it. */
    private void takeBack() {
        if (owner == Owner.NOBODY) {
            connection.notifyClosed();
        } else if (owner != Owner.LOOP) {
            owner = Owner.LOOP;
            queued = null;
            connection.callAgain = true;
            decideNext();
            enqueueIfCallPending();
        }
    }

    private void noteWake() {
        wakeDue = true;
        if (owner == Owner.LOOP) {
            loop.enqueue(this);
        }
    }

    /** A thread that owns the connection notices with its next read or write. */
    private void breakOff() {
        if (owner == Owner.LOOP) {
            connection.writer().breakOff();
        }
        close();
    }

    // ---- for the loop; called by its leader

    @Override
    public boolean onSelected(SelectionKey ready) {
        if (owner != Owner.LOOP && !hasMail(RETURNED)) {
            registration.await(0); // its thread reads and writes; the loop registers it again when it is returned
            connection.socketWait().wake();
            return false;
        }
        readable = ready.isReadable();
        return true;
    }

    @Override
    public void serve(Worker leader) {
        if (owner != Owner.LOOP) {
            if (owner != Owner.NOBODY && hasMail(RETURNED)) {
                // the mail isn't in the mailbox yet: its thread sees this then, and wakes the loop
                registration.await(0);
            }
            return;
        }
        try {
            if (linger != null) {
                lingerOn(leader);
            } else {
                step(leader);
            }
        } catch (IOException gone) {
            connection.writer().breakOff();
            LOG.debug("[c{}] The client is gone: {}", connection.id, gone.toString());
        } catch (Throwable fault) {
            fail(fault);
        }
        returnToLoop(leader);
        if (leader.leads(loop) && owner == Owner.LOOP && connection.hasPendingCall()) {
            runPendingCall(leader);
        }
    }

    private void enqueueIfCallPending() {
        if (connection.hasPendingCall() && owner == Owner.LOOP) {
            loop.enqueue(this);
        }
    }

    /** Does the next thing for the protocol, and leaves what follows from it to {@link #decideNext}. */
    private void step(Worker leader) throws IOException {
        if (connection.writer().hasPending() && !connection.writer().flush()) {
            return;
        }
        switch (connection.nextStep()) {
            case GIVE_LEFTOVER -> receive(leader, null);
            case WAIT -> {
                if (connection.reading && (readable || connection.wire().hasInput())) {
                    receive(leader, connection.wire());
                } else if (wakeDue) {
                    wakeDue = false;
                    connection.answerWake(leader);
                }
            }
            default -> {} // left to decideNext
        }
    }

    private void receive(Worker leader, Wire source) throws IOException {
        readable = false;
        if (!connection.receive(leader, source)) {
            connection.writer().breakOff();
        } else if (connection.keepsInput() && isMemoryShort()) {
            abort(DropReason.NO_MEMORY);
        }
    }

    /**
     * The protocol has returned: if this thread still leads the loop, decides what follows, and otherwise returns the
     * connection to the loop.
     */
    private void returnToLoop(Worker leader) {
        connection.protocolReturned();
        if (!leader.leads(loop)) {
            loop.post(this, RETURNED);
            return;
        }
        try {
            decideNext();
        } catch (Throwable fault) {
            fail(fault);
            close();
        }
    }

    /** The connection leaves the loop with its handler's thread, since another worker has taken over the loop. */
    void leaveLoop() {
        owner = Owner.LEFT;
    }

    /** Does what {@link Connection#nextStep} says, or registers for what the connection waits for. */
    private void decideNext() {
        if (owner != Owner.LOOP) {
            return;
        }
        if (linger != null) {
            if (connection.writer().isBroken()) {
                close(); // a broken socket would stay ready for reading
            }
            return;
        }
        if (!connection.writer().hasPending()) {
            connection.allWritten();
        }
        switch (connection.nextStep()) {
            case CLOSE -> close();
            case AWAIT_WRITABLE -> awaitWritable();
            case HAND_OFF -> handOffTask();
            case END -> end(loop.leader());
            case GIVE_LEFTOVER -> loop.enqueue(this);
            case WAIT -> {
                if (wakeDue || connection.reading && connection.wire().hasInput()) {
                    loop.enqueue(this);
                } else {
                    registration.await(connection.reading ? SelectionKey.OP_READ : 0);
                }
            }
        }
    }

    /** Waits until the client has taken the output; the protocol is called then, since it may have more. */
    private void awaitWritable() {
        wakeDue = true;
        registration.await(SelectionKey.OP_WRITE);
        connection.writeTimeLeft(loop.nowMillis());
        if (isMemoryShort()) {
            loop.freeMemorySoon();
        }
    }

    // ---- handlers that don't own the connection

    /** Runs the handler, and then, if it didn't hold up the loop, calls {@link Protocol#onWake}. */
    private void runPendingCall(Worker leader) {
        if (!connection.runPendingCall(leader)) {
            return;
        }
        wakeDue = true;
        if (linger == null && !connection.writer().hasPending()) {
            wakeDue = false;
            callProtocol(leader, () -> connection.answerWake(leader));
        }
    }

    // ---- tasks to which the connection is handed off

    private void handOffTask() {
        long due = loop.nowMillis() + server.settings().queueTimeout().toMillis();
        // before takeTask(): if there is no memory for this, the connection keeps its task
        queued = new QueuedTask(this, connection.handedOff, due);
        owner = Owner.TASK;
        try {
            server.threads().execute(queued, connection.takeTask().waitsForClient());
        } catch (RejectedExecutionException none) {
            refuseQueued();
        }
    }

    private void refuseQueued() {
        if (queued.claim()) {
            owner = Owner.LOOP;
            Task task = queued.task();
            queued = null;
            tell(loop.leader(), (same, output) -> task.refuse(output));
        }
    }

    /** Runs the task, on its own thread. */
    void runTask(Task task) {
        try {
            var io = new BlockingIo(connection);
            task.run(io);
            io.end();
        } catch (Throwable fault) {
            connection.writer().breakOff();
            FaultLog.log(LOG, "[c{}] Closed, since a task of its protocol failed", connection.id, fault);
        }
        connection.callAgain = true;
        if (connection.waitsForInput()) {
            returnWithoutWaking();
        } else {
            loop.post(this, RETURNED);
        }
    }

    /**
     * Returns a connection that has nothing to do until its client sends something, which wakes the loop anyway. As in
     * Dekker's algorithm, either the leader sees the mail before it sleeps, or this thread sees what the leader did
     * meanwhile. Mail of others may have come before this one was in the mailbox, and then hasn't woken the leader.
     */
    private void returnWithoutWaking() {
        loop.postWithoutWaking(this, RETURNED);
        boolean waitsForInput = registration.awaits(SelectionKey.OP_READ) && channel.isOpen();
        if (!waitsForInput || wakeDue || hasMail(~RETURNED)) {
            loop.wakeUp();
        }
    }

    // ---- the end

    private void end(Worker leader) {
        try {
            if (!connection.writer().end()) {
                awaitWritable();
            } else if (connection.mustLinger(leader.input())) {
                channel.shutdownOutput();
                linger = new Linger(loop.nowMillis());
                connection.clearDeadline();
                registration.await(SelectionKey.OP_READ);
            } else {
                close();
            }
        } catch (IOException gone) {
            close();
        }
    }

    private void lingerOn(Worker leader) throws IOException {
        if (!linger.discard(leader.input(), channel, loop.nowMillis())) {
            close();
        }
    }

    @Override
    public void sweep(Worker leader) {
        long now = loop.nowMillis();
        try {
            if (owner == Owner.TASK && (queued.isLate(now) || server.isStopDue())) {
                refuseQueued();
            } else if (owner == Owner.LOOP) {
                sweep(leader, now);
            }
        } catch (Throwable fault) {
            close();
            fail(fault);
        }
    }

    private void sweep(Worker leader, long now) {
        if (linger != null) {
            if (linger.isOver(now, server.isStopping())) {
                close();
            }
        } else if (connection.writer().hasPending()) {
            if (connection.writeTimeLeft(now) < 0) {
                drop(DropReason.SLOW_READER);
            }
        } else if (isDue(now)) {
            tell(leader, connection.protocol::onDeadline);
        } else if (server.isStopDue() && !stopTold) {
            stopTold = true;
            tell(leader, connection.protocol::onStopDeadline);
        } else if (server.isStopping()) {
            tell(leader, connection.protocol::onStopping);
        }
        if (leader.leads(loop)) {
            enqueueIfCallPending();
        }
    }

    /** Whether the protocol's deadline has passed. It closes the connection then if that is idle. */
    private boolean isDue(long now) {
        boolean isIdle = connection.deadlines().isIdle();
        boolean isDue = connection.deadlines().takeDue(now);
        if (isDue && isIdle) {
            server.count(DropReason.IDLE);
        }
        return isDue;
    }

    private void tell(Worker leader, BiConsumer<Connection, Output> news) {
        callProtocol(leader, () -> connection.tell(leader, news));
    }

    private void callProtocol(Worker leader, Runnable call) {
        try {
            call.run();
        } catch (Throwable fault) {
            fail(fault);
        }
        returnToLoop(leader);
        if (leader.leads(loop)) {
            enqueueIfCallPending();
        }
    }

    /**
     * When the connection became idle, if it may be closed for that; otherwise {@code Long.MAX_VALUE}. For the leader.
     */
    long idleSince() {
        boolean idle = owner == Owner.LOOP && connection.deadlines().idleSince() < loop.nowMillis() - MIN_IDLE_MILLIS;
        return idle ? connection.deadlines().idleSince() : Long.MAX_VALUE;
    }

    /** Has its idle deadline come now, to make room for another connection. */
    void evict(Worker leader) {
        server.count(DropReason.EVICTED);
        connection.clearDeadline();
        tell(leader, connection.protocol::onDeadline);
    }

    /** Until when the client has to take more; {@code Long.MAX_VALUE} if nothing waits for it. For the leader. */
    long writeDue() {
        return owner == Owner.LOOP && linger == null ? connection.deadlines().writeDue() : Long.MAX_VALUE;
    }

    boolean isMemoryShort() {
        return server.budget().isOverdrawn();
    }

    /** Closes the connection at once; called by the leader, while it isn't being served. */
    void drop(DropReason reason) {
        abort(reason);
        close();
    }

    private void abort(DropReason reason) {
        server.count(reason);
        connection.writer().breakOff();
        LOG.debug("[c{}] Closed: {}", connection.id, reason.words());
    }

    /**
     * Breaks the connection off after a fault; it is closed when it is {@linkplain #returnToLoop returned to the loop}.
     */
    private void fail(Throwable fault) {
        connection.writer().breakOff();
        server.count(DropReason.FAULT);
        FaultLog.log(LOG, "[c{}] Closed, since its protocol failed", connection.id, fault);
    }

    @Override
    public void moveTo(Selector selector) throws IOException {
        registration.moveTo(selector);
    }

    @Override
    public void close() {
        if (owner == Owner.NOBODY) {
            return;
        }
        boolean mine = owner == Owner.LOOP || owner == Owner.TASK && queued.claim();
        Task waiting = owner == Owner.TASK && mine ? queued.task() : null;
        owner = Owner.NOBODY;
        try {
            channel.close();
        } catch (IOException | RuntimeException | Error e) {
            FaultLog.log(LOG, "[c{}] Closed with a fault", connection.id, e);
        }
        connection.socketWait().wake();
        server.connectionClosed(loop, connection);
        if (waiting != null) {
            connection.handOff(waiting); // no thread runs it any more, so that notifyClosed() abandons it
        }
        if (mine) {
            connection.notifyClosed();
        }
    }
}
