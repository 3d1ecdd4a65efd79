package dev.bistro.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over a socket, served by an event loop.
 *
 * <pre>
 *                        readable: read, protocol, write
 *                      ┌────────────┐
 *   accepted ──▶ LOOP ◀┼────────────┘
 *                 │ ▲  └ woken, by any thread: the protocol looks what there is to write
 *   a task is     │ │  back by mail to the loop: write what is left, go on with what was left over, or close;
 *   handed off,   │ │  or refused, since no thread claims the task in time
 *   or a handler  ▼ │
 *   holds up   TASK, LEFT   it belongs to a thread; the loop only wakes that thread where it waits for the socket
 *   the loop
 *
 *   end ──▶ all is written ──▶ (lingering, so that the client can read our last words) ──▶ NOBODY: closed
 * </pre>
 *
 * <p>Owner of the fields: the leader of its loop, or the thread of the task that it was handed off to; {@link #owner} says which, and is the leader's to change. What a
 * connection throws costs that connection only: it is broken off first, and told of last.
 */
final class SocketConnection extends Connection implements Ready {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /** An answer that is larger may still be on its way when all of it is written, so the connection lingers. */
    private static final int SMALL_ANSWER_BYTES = 16 * 1024;

    /** What the system may buffer for a client that is slow; more of it would hide for long that the client takes nothing. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    /** A connection that has been idle for so long may give way to a new one. */
    private static final long LEAST_IDLE_MILLIS = 1_000;

    // the kinds of mail
    static final int START = 1;
    private static final int WAKE = 2;
    private static final int WATCH = 4;
    private static final int BACK = 8;

    private static final VarHandle MAIL;

    static {
        try {
            MAIL = MethodHandles.lookup().findVarHandle(SocketConnection.class, "mail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Owner {
        /** The leader of its loop. */
        LOOP,
        /** The thread that claims the task that the connection was handed off to; or the leader, if it claims it first. */
        TASK,
        /** The thread that its handler held up, and that has left the loop with it. */
        LEFT,
        /** It is closed. */
        NOBODY
    }

    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final EventLoop loop;
    private final NetServer server;
    private final SocketWriter writer;
    private final Deadlines deadlines;
    private final SocketWait socketWait = new SocketWait();
    private Worker worker; // whose thread the protocol is called by
    private Call called;
    private boolean lingers;
    private boolean boundsSendBuffer;
    private long takenWhenIdle;

    // for any thread:
    private final AtomicBoolean wakeAsked = new AtomicBoolean();
    SocketConnection nextWithMail; // the mailbox's

    @SuppressWarnings("unused") // by way of MAIL
    private volatile int mail;

    // the leader's:
    private final Registration registration;
    private Owner owner = Owner.LOOP;
    private HandOff queued;
    private boolean readable;
    private boolean wakeDue;
    private Linger linger;
    private boolean stopTold;

    SocketConnection(long id, SocketChannel channel, EventLoop loop, NetServer server) throws IOException {
        super(id);
        this.channel = channel;
        this.writer = new SocketWriter(id, channel, server.budget());
        this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
        this.loop = loop;
        this.server = server;
        this.deadlines = new Deadlines(server.settings().writeTimeout().toMillis());
        this.registration = new Registration(channel);
    }

    // ---- for protocols: called by the owner

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public int loopIndex() {
        return loop.index();
    }

    @Override
    public void setDeadline(long millis) {
        deadlines.set(loop.nowMillis(), millis);
    }

    @Override
    public void setIdleDeadline(long millis) {
        deadlines.setIdle(loop.nowMillis(), millis);
        takenWhenIdle = writer.takenBytes();
    }

    @Override
    public void clearDeadline() {
        deadlines.clear();
    }

    @Override
    public boolean mayRunOwned(ExecutionProfile profile) {
        return !profile.goesApart() && server.workers().hasReserve();
    }

    @Override
    public void runOwned(Runnable handler, ExecutionProfile profile) {
        if (hasLeftLoop()) {
            runMeasured(handler, profile);
        } else {
            worker.run(handler, profile, this);
        }
    }

    private static void runMeasured(Runnable handler, ExecutionProfile profile) {
        long start = System.nanoTime();
        handler.run();
        profile.ranBlocking(System.nanoTime() - start);
    }

    @Override
    public boolean hasLeftLoop() {
        return worker == null || !worker.leads(loop);
    }

    @Override
    public ByteBudget budget() {
        return server.budget();
    }

    @Override
    public void wake() {
        if (wakeAsked.compareAndSet(false, true)) {
            loop.post(this, WAKE);
        }
    }

    @Override
    public void executeUnowned(Runnable code) {
        server.threads().execute(code);
    }

    @Override
    public void callUnowned(Call call) {
        called = call;
    }

    @Override
    public void endWithUnreadInput() {
        ending = true;
        lingers = true;
    }

    @Override
    public boolean isStopping() {
        return server.isStopping();
    }

    // ---- for Output: called by the owner

    @Override
    SocketWriter writer() {
        return writer;
    }

    // ---- for BlockingIo: called by a task's thread

    @Override
    void awaitWritable() throws IOException {
        long left = leftToTake(Deadlines.now());
        if (left <= 0 || !socketWait.await(SelectionKey.OP_WRITE, left, this::askToWatch)) {
            server.count(Cut.SLOW_READER);
            writer.breakOff();
            throw new SocketTimeoutException("The client takes too little of what is sent to it");
        }
    }

    @Override
    void tookAll() {
        deadlines.tookAll();
    }

    @Override
    int awaitInput(Input input, long timeoutMillis) throws IOException {
        int count = input.readFrom(channel);
        while (count == 0) {
            if (!socketWait.await(SelectionKey.OP_READ, timeoutMillis, this::askToWatch)) {
                throw new SocketTimeoutException("The client is too slow");
            }
            count = input.readFrom(channel);
        }
        return count;
    }

    private void askToWatch() {
        loop.post(this, WATCH);
    }

    @Override
    int readBufferBytes() {
        return server.settings().readBufferBytes();
    }

    // ---- mail

    /** Notes a kind of mail; true if there was none of any kind. */
    boolean addMail(int kind) {
        return (int) MAIL.getAndBitwiseOr(this, kind) == 0;
    }

    /** Called by the leader, or when the loop has ended, by one thread at a time. Throws nothing, since it would be thrown at others. */
    void readMail() {
        int kinds = (int) MAIL.getAndSet(this, 0);
        try {
            if ((kinds & START) != 0) {
                start();
            }
            if ((kinds & WATCH) != 0) {
                watch();
            }
            if ((kinds & BACK) != 0) {
                isBack();
            }
            if ((kinds & WAKE) != 0) {
                wakeIsDue();
            }
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    private void start() throws IOException {
        if (loop.isEnded()) {
            close();
            return;
        }
        protocol = server.protocols().open(this);
        registration.begin(loop.selector(), SelectionKey.OP_READ, this);
    }

    private void watch() {
        if (owner == Owner.NOBODY) {
            socketWait.wake();
        } else if (owner != Owner.LOOP) {
            registration.await(socketWait.operation());
        }
    }

    /** The thread that had the connection is done with it. */
    private void isBack() {
        if (owner == Owner.NOBODY) {
            letGo();
        } else if (owner != Owner.LOOP) {
            owner = Owner.LOOP;
            queued = null;
            again = true;
            settle();
            enqueueIfCalled();
        }
    }

    private void wakeIsDue() {
        wakeDue = true;
        if (owner == Owner.LOOP) {
            loop.enqueue(this);
        }
    }

    // ---- for the loop: called by its leader

    @Override
    public boolean collected(SelectionKey ready) {
        if (owner != Owner.LOOP) {
            registration.await(0); // its thread reads and writes; we come back to it when it is done
            socketWait.wake();
            return false;
        }
        readable = ready.isReadable();
        return true;
    }

    @Override
    public void serve(Worker leader) {
        if (owner != Owner.LOOP) {
            return;
        }
        worker = leader;
        try {
            if (linger != null) {
                lingerOn(leader);
            } else {
                step(leader);
            }
        } catch (IOException gone) {
            LOG.debug("[c{}] The client is gone: {}", id, gone.toString());
            writer.breakOff();
        } catch (Throwable fault) {
            fail(fault);
        }
        giveBack(leader);
        if (called != null && leader.leads(loop) && owner == Owner.LOOP) {
            runCalled(leader);
        }
    }

    private void enqueueIfCalled() {
        if (called != null && owner == Owner.LOOP) {
            loop.enqueue(this);
        }
    }

    /** Does the one thing that there is to do, and leaves what follows from it to {@link #settle}. */
    private void step(Worker leader) throws IOException {
        if (writer.hasPending() && !writer.flush()) {
            return;
        }
        switch (nextStep()) {
            case GIVE_LEFTOVER -> input(leader, null);
            case REST -> {
                if (reading && readable) {
                    input(leader, channel);
                } else if (wakeDue) {
                    answerWake(leader);
                }
            }
            default -> {} // settle does it
        }
    }

    private void input(Worker leader, SocketChannel source) throws IOException {
        readable = false;
        if (!giveInput(leader.input(), source, leader.output())) {
            writer.breakOff();
        } else if (hasLeftover() && budget().isOverdrawn()) {
            giveUp(Cut.NO_MEMORY);
        }
    }

    /** Has the protocol look what there is to write; from here on, whoever asks for that asks anew. */
    private void answerWake(Worker leader) {
        wakeDue = false;
        wakeAsked.set(false);
        Output output = leader.output().of(this);
        protocol.onWake(this, output);
        output.flush();
        again = true;
    }

    /** The protocol is done for now: this thread leads on, or if it lost the loop, gives the connection back to it. */
    private void giveBack(Worker leader) {
        worker = null;
        if (!leader.leads(loop)) {
            loop.post(this, BACK);
            return;
        }
        try {
            settle();
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    /** Another worker has taken over the loop while this connection's handler runs on the thread that led it. */
    void takenFromLeader() {
        owner = Owner.LEFT;
    }

    /** Decides what the connection waits for. */
    private void settle() {
        if (owner != Owner.LOOP || linger != null) {
            return;
        }
        if (!writer.hasPending()) {
            deadlines.tookAll();
        }
        switch (nextStep()) {
            case CLOSE -> close();
            case AWAIT_ROOM -> awaitRoom();
            case HAND_OFF -> queue(takeTask());
            case END -> end(loop.leader());
            case GIVE_LEFTOVER -> loop.enqueue(this);
            case REST -> {
                if (wakeDue) {
                    loop.enqueue(this);
                } else {
                    registration.await(reading ? SelectionKey.OP_READ : 0);
                }
            }
        }
    }

    /** Until the client has taken what was written; the protocol is told then, since it may have more. */
    private void awaitRoom() {
        wakeDue = true;
        registration.await(SelectionKey.OP_WRITE);
        leftToTake(loop.nowMillis());
        if (budget().isOverdrawn()) {
            loop.freeMemorySoon();
        }
    }

    private long leftToTake(long now) {
        if (!boundsSendBuffer) {
            boundsSendBuffer = true;
            boundSendBuffer();
        }
        return deadlines.leftToTake(now, writer.takenBytes());
    }

    private void boundSendBuffer() {
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        } catch (IOException gone) {
            LOG.debug("[c{}] The client is gone: {}", id, gone.toString());
        }
    }

    // ---- handlers to which the connection doesn't belong

    /** Runs a handler, and then, if it didn't hold up the loop, has the protocol look what there is to write. */
    private void runCalled(Worker leader) {
        Call call = called;
        if (!mayRunOwned(call.profile())) {
            runApart(call);
            return;
        }
        called = null;
        if (leader.run(call, call.profile(), null)) {
            wakeDue = true;
            answerCalled(leader);
        } else {
            wake();
        }
    }

    private void answerCalled(Worker leader) {
        if (linger != null || writer.hasPending()) {
            return;
        }
        worker = leader;
        try {
            answerWake(leader);
        } catch (Throwable fault) {
            fail(fault);
        }
        giveBack(leader);
        if (leader.leads(loop)) {
            enqueueIfCalled();
        }
    }

    /** On a thread of its own; where there is none, it is tried again at the next sweep. */
    private void runApart(Call call) {
        try {
            executeMeasured(call);
            called = null;
        } catch (RejectedExecutionException none) {
            LOG.debug("[c{}] A handler waits, since no thread can be had for it", id);
        }
    }

    private void executeMeasured(Call call) {
        server.threads().execute(() -> {
            runMeasured(call, call.profile());
            wake();
        });
    }

    // ---- tasks to which the connection is handed off

    private void queue(Task task) {
        owner = Owner.TASK;
        queued = new HandOff(
                this, task, loop.nowMillis() + server.settings().queueTimeout().toMillis());
        try {
            server.threads().execute(queued, task.waitsForClient());
        } catch (RejectedExecutionException none) {
            refuse();
        }
    }

    private void refuse() {
        if (queued.claim()) {
            owner = Owner.LOOP;
            Task task = queued.task();
            queued = null;
            server.count(Cut.NO_THREAD);
            tell(loop.leader(), (connection, output) -> task.refuse(output));
        }
    }

    /** On the task's own thread. */
    void runTask(Task task) {
        try {
            var io = new BlockingIo(this);
            task.run(io);
            io.end();
        } catch (Throwable fault) {
            writer.breakOff();
            Faults.log(LOG, "[c{}] Closed, since a task of its protocol failed", id, fault);
        }
        loop.post(this, BACK);
    }

    // ---- the end

    private void end(Worker leader) {
        try {
            if (mustLinger(leader)) {
                channel.shutdownOutput();
                linger = new Linger(loop.nowMillis());
                deadlines.clear();
                registration.await(SelectionKey.OP_READ);
            } else {
                close();
            }
        } catch (IOException gone) {
            close();
        }
    }

    /** Whether the client may lose what was sent to it if the socket is closed now. */
    private boolean mustLinger(Worker leader) throws IOException {
        if (lingers || hasLeftover() || writer.takenBytes() - takenWhenIdle > SMALL_ANSWER_BYTES) {
            return true;
        }
        Input input = leader.input();
        input.load(Input.nothing());
        return input.readFrom(channel) > 0;
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
                refuse();
            } else if (owner == Owner.LOOP) {
                sweep(leader, now);
            }
        } catch (Throwable fault) {
            fail(fault);
        }
    }

    private void sweep(Worker leader, long now) {
        if (linger != null) {
            if (linger.isOver(now, server.isStopping())) {
                close();
            }
        } else if (writer.hasPending()) {
            if (leftToTake(now) < 0) {
                giveUp(Cut.SLOW_READER);
            }
        } else if (deadlines.takeDue(now)) {
            tell(leader, protocol::onDeadline);
        } else if (server.isStopDue() && !stopTold) {
            stopTold = true;
            tell(leader, protocol::onStopDeadline);
        } else if (server.isStopping()) {
            tell(leader, protocol::onStopping);
        }
        if (leader.leads(loop)) {
            enqueueIfCalled();
        }
    }

    private void tell(Worker leader, BiConsumer<Connection, Output> news) {
        worker = leader;
        try {
            Output output = leader.output().of(this);
            news.accept(this, output);
            output.flush();
        } catch (Throwable fault) {
            fail(fault);
        }
        giveBack(leader);
    }

    /** Since when it has been idle, if that is long enough to give way to another; otherwise {@code Long.MAX_VALUE}. For the leader. */
    long idleSince() {
        boolean idle = owner == Owner.LOOP && deadlines.idleSince() < loop.nowMillis() - LEAST_IDLE_MILLIS;
        return idle ? deadlines.idleSince() : Long.MAX_VALUE;
    }

    /** Its time to be idle is over, since there is no room for another. */
    void giveWay(Worker leader) {
        server.count(Cut.GAVE_WAY);
        deadlines.clear();
        tell(leader, protocol::onDeadline);
    }

    /** Until when its client has to take more; {@code Long.MAX_VALUE} if nothing waits for it. For the leader. */
    long writeDue() {
        return owner == Owner.LOOP && linger == null ? deadlines.writeDue() : Long.MAX_VALUE;
    }

    /** Closes it at once, for a reason; called by the owner. */
    void giveUp(Cut reason) {
        server.count(reason);
        writer.breakOff();
        LOG.debug("[c{}] Closed: {}", id, reason.words());
        if (worker == null) {
            settle();
        }
    }

    /** Breaks off what nothing else can be done with; called by the owner. */
    private void fail(Throwable fault) {
        server.count(Cut.FAULT);
        writer.breakOff();
        if (worker == null) {
            close();
        }
        Faults.log(LOG, "[c{}] Closed, since its protocol failed", id, fault);
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
            Faults.log(LOG, "[c{}] Closed with a fault", id, e);
        }
        socketWait.wake();
        server.connectionClosed(loop, this);
        if (mine) {
            handedOff = waiting != null ? waiting : handedOff;
            letGo();
        }
    }

    /** It is closed, and no thread has it. */
    private void letGo() {
        letGo(LOG);
        if (called != null) {
            runLast(called);
            called = null;
        }
    }

    /** What a protocol is told at the end may have it call a handler once more. */
    private void runLast(Call call) {
        try {
            executeMeasured(call);
        } catch (RejectedExecutionException stopped) {
            call.run();
        }
    }
}
