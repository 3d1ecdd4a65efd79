package dev.bistro.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over a socket, served by an event loop.
 *
 * <pre>
 *                        readable: read, protocol, write
 *                      ┌────────────┐
 *   accepted ──▶ LED ◀─┼────────────┘
 *                 │ ▲  └ woken, by any thread: the protocol looks what there is to write
 *   a handler is  │ │
 *   handed off or ▼ │  resume, by the loop's task queue: write what is left, go on with what was left over, or close
 *   holds up the DETACHED   the connection belongs to the handler's thread; the loop only wakes that thread where it waits for the socket
 *   loop          │
 *                 ▼
 *   closing ──▶ flushed ──▶ (lingering: input is thrown away, so that the client can read our last words) ──▶ closed
 * </pre>
 *
 * <p>Owner of the fields: the thread that the connection belongs to, which is the leader of its loop, or where it is detached the one thread
 * that its request was handed to. The fields under "the leader's" are the leader's at any time.
 */
final class SocketConnection extends Connection implements Ready {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LINGER_MILLIS = 2_000;
    private static final long LINGER_MAX_BYTES = 4 * 1024 * 1024;

    private final SocketChannel channel;
    private final InetSocketAddress remoteAddress;
    private final EventLoop loop;
    private final NetServer server;
    private final SocketWriter writer;
    private Worker worker;
    private Call called;
    private boolean lingers;
    private long deadlineMillis = NEVER;

    // for a detached thread that waits for the socket, and the leader that wakes it:
    private volatile Thread waiter;
    private volatile boolean woken;

    // from any thread to the leader: whether it knows that the protocol is to look what there is to write
    private final AtomicBoolean wakeAsked = new AtomicBoolean();

    // the leader's:
    private SelectionKey key;
    private int interest;
    private boolean readable;
    private boolean detached;
    private boolean closed;
    private boolean lingering;
    private long lingered;
    private long writeDeadlineMillis = NEVER;
    private boolean wakeDue;

    SocketConnection(long id, SocketChannel channel, EventLoop loop, NetServer server) throws IOException {
        super(id);
        this.channel = channel;
        this.writer = new SocketWriter(id, channel);
        this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
        this.loop = loop;
        this.server = server;
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
        deadlineMillis = loop.nowMillis() + millis;
    }

    @Override
    public void clearDeadline() {
        deadlineMillis = NEVER;
    }

    @Override
    public void setIdleDeadline(long millis) {
        setDeadline(millis);
    }

    @Override
    public boolean mayRunOwned(ExecutionProfile profile) {
        return !profile.isBlocking();
    }

    @Override
    public void runOwned(Runnable handler, ExecutionProfile profile) {
        if (worker.run(handler, this, loop)) {
            profile.ranInline(loop.index());
        } else {
            profile.stalled();
        }
    }

    @Override
    public boolean hasLeftLoop() {
        return !worker.leads(loop);
    }

    @Override
    public ByteBudget budget() {
        return server.budget();
    }

    @Override
    public void wake() {
        if (wakeAsked.compareAndSet(false, true)) {
            loop.execute(this::wakeIsDue);
        }
    }

    @Override
    public void executeUnowned(Runnable code) {
        server.executor().execute(code);
    }

    @Override
    public void callUnowned(Call call) {
        if (closed || call.profile().isBlocking()) {
            runApart(call);
        } else {
            called = call;
        }
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

    // ---- for BlockingIo: called by a detached owner

    @Override
    void awaitWritable() throws IOException {
        await(SelectionKey.OP_WRITE, server.settings().writeTimeout().toMillis());
    }

    @Override
    int awaitInput(Input input, long timeoutMillis) throws IOException {
        int count = input.readFrom(channel);
        while (count == 0) {
            await(SelectionKey.OP_READ, timeoutMillis);
            count = input.readFrom(channel);
        }
        return count;
    }

    private void await(int operation, long timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        woken = false;
        waiter = Thread.currentThread();
        try {
            loop.execute(() -> watch(operation));
            while (!woken) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("The client is too slow");
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedIOException("Interrupted while waiting for the client");
                }
            }
        } finally {
            waiter = null;
        }
    }

    @Override
    int readBufferBytes() {
        return server.settings().readBufferBytes();
    }

    // ---- for the loop: called by its leader

    void start() {
        try {
            protocol = server.protocols().open(this);
            key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
            interest = SelectionKey.OP_READ;
        } catch (ClosedChannelException | ClosedSelectorException gone) {
            close();
        }
    }

    @Override
    public boolean collected(SelectionKey ready) {
        if (detached) {
            interest(0); // its thread reads and writes; we come back to it when it is done
            wakeWaiter();
            return false;
        }
        readable = ready.isReadable();
        return true;
    }

    private void wakeWaiter() {
        Thread waiting = waiter;
        if (waiting != null) {
            woken = true;
            LockSupport.unpark(waiting);
        }
    }

    private void watch(int operation) {
        if (closed) {
            wakeWaiter();
        } else if (detached) {
            interest(operation);
        }
    }

    private void wakeIsDue() {
        wakeDue = true;
        if (!closed && !detached) {
            loop.enqueue(this);
        }
    }

    @Override
    public void serve(Worker leader) {
        if (closed || detached) {
            return;
        }
        worker = leader;
        try {
            if (lingering) {
                throwInputAway();
            } else if (!flushed() || ending || handedOff != null) {
                settle();
            } else if (reading && again && leftover.length > 0) {
                process(leader, false);
            } else if (reading && readable) {
                process(leader, true);
            } else if (wakeDue) {
                answerWake(leader);
            } else {
                settle();
            }
        } catch (IOException gone) {
            LOG.debug("[c{}] The client is gone: {}", id, gone.toString());
            breakOff(leader);
        } catch (RuntimeException | Error e) {
            fail(leader, e);
        }
        if (leader.leads(loop) && called != null) {
            runCalled(leader);
        }
    }

    /** Runs a handler, and then, if it didn't hold up the loop, has the protocol look what there is to write. */
    private void runCalled(Worker leader) {
        Call call = called;
        called = null;
        boolean quick = leader.run(call, null, loop);
        if (!quick) {
            call.profile().stalled();
            wake();
            return;
        }
        call.profile().ranInline(loop.index());
        wakeDue = true;
        if (!closed && !lingering && !writer.hasPending()) {
            answerCalled(leader);
        }
    }

    private void answerCalled(Worker leader) {
        worker = leader;
        try {
            answerWake(leader);
        } catch (RuntimeException | Error e) {
            fail(leader, e);
        }
        if (leader.leads(loop)) {
            enqueueIfCalled();
        }
    }

    private void enqueueIfCalled() {
        if (called != null && !closed && !detached) {
            loop.enqueue(this);
        }
    }

    /** Runs a handler on a thread of its own; when the server has stopped, and there is no loop any more that it could hold up, on this one. */
    private void runApart(Call call) {
        try {
            server.executor().execute(() -> {
                long start = System.nanoTime();
                call.run();
                call.profile().ranBlocking(System.nanoTime() - start);
                wake();
            });
        } catch (RejectedExecutionException stopped) {
            call.run();
        }
    }

    private void fail(Worker leader, Throwable fault) {
        LOG.error("[c{}] Closed, since its protocol failed", id, fault);
        breakOff(leader);
    }

    private void breakOff(Worker leader) {
        writer.breakOff();
        giveBack(leader);
    }

    /** Gives the protocol what was left over, and what the socket has. */
    private void process(Worker leader, boolean read) throws IOException {
        readable = false;
        Input input = leader.input();
        input.load(leftover);
        leftover = Input.nothing();
        if (read && input.readFrom(channel) < 0) {
            close();
            return;
        }
        Output output = leader.output().of(this);
        Protocol present = protocol;
        again = present.onInput(this, input, output) || protocol != present;
        output.flush();
        leftover = input.leftover();
        giveBack(leader);
    }

    /** Has the protocol look what there is to write; from here on, whoever asks for that asks anew. */
    private void answerWake(Worker leader) {
        wakeDue = false;
        wakeAsked.set(false);
        Output output = leader.output().of(this);
        protocol.onWake(this, output);
        output.flush();
        again = true;
        giveBack(leader);
    }

    /** The protocol is done for now: this thread leads on, or if it lost the loop, gives the connection back to it. */
    private void giveBack(Worker leader) {
        worker = null;
        if (leader.leads(loop)) {
            settle();
        } else {
            loop.execute(this::resume);
        }
    }

    /** Another worker has taken over the loop while this connection's handler runs on the thread that led it. */
    void takenFromLeader() {
        detached = true;
    }

    /** The connection is closed, and no thread has it: says so to the protocol, and to a task that was handed off and that nobody will run. */
    private void letGo() {
        try {
            abandonTask();
            if (protocol != null) {
                protocol.onClosed(this);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("[c{}] Its protocol could not let go of all that it had", id, e);
        }
        if (called != null) {
            runApart(called);
            called = null;
        }
    }

    private void abandonTask() {
        Task task = handedOff;
        handedOff = null;
        if (task != null) {
            task.abandon();
        }
    }

    private void resume() {
        if (closed) {
            letGo();
        }
        if (!detached || closed) {
            return;
        }
        detached = false;
        again = true;
        settle();
        enqueueIfCalled();
    }

    /** Decides what the connection waits for. */
    private void settle() {
        if (writer.isBroken()) {
            close();
        } else if (writer.hasPending()) {
            waitForRoom();
        } else if (handedOff != null) {
            detach();
        } else if (ending) {
            finish();
        } else if (wakeDue || reading && again && leftover.length > 0) {
            loop.enqueue(this);
        } else {
            interest(reading ? SelectionKey.OP_READ : 0);
        }
    }

    /** Until the client has taken what was written; the protocol is told then, since it may have more. */
    private void waitForRoom() {
        wakeDue = true;
        interest(SelectionKey.OP_WRITE);
        if (writeDeadlineMillis == NEVER) {
            writeDeadlineMillis =
                    loop.nowMillis() + server.settings().writeTimeout().toMillis();
        }
    }

    /** Writes what waits, as far as the socket takes it; the time for that begins anew whenever it takes some. */
    private boolean flushed() {
        long before = writer.pendingBytes();
        boolean all = writer.flush();
        if (writer.pendingBytes() < before) {
            writeDeadlineMillis = NEVER;
        }
        return all;
    }

    private void detach() {
        detached = true;
        Task task = handedOff;
        handedOff = null;
        try {
            server.executor().execute(() -> runDetached(task));
        } catch (RejectedExecutionException stopped) {
            task.abandon();
            close();
        }
    }

    /** On the task's own thread. */
    private void runDetached(Task task) {
        try {
            var io = new BlockingIo(this);
            task.run(io);
            io.end();
        } catch (RuntimeException | Error e) {
            LOG.error("[c{}] Closed, since a task of its protocol failed", id, e);
            writer.breakOff();
        }
        loop.execute(this::resume);
    }

    private void finish() {
        if (!lingers) {
            close();
            return;
        }
        try {
            channel.shutdownOutput();
            lingering = true;
            deadlineMillis = loop.nowMillis() + LINGER_MILLIS;
            interest(SelectionKey.OP_READ);
        } catch (IOException gone) {
            close();
        }
    }

    private void throwInputAway() throws IOException {
        Input input = worker.input();
        input.load(Input.nothing());
        int count = input.readFrom(channel);
        lingered += Math.max(0, count);
        if (count < 0 || lingered > LINGER_MAX_BYTES) {
            close();
        }
    }

    @Override
    public void sweep(Worker leader) {
        if (closed || detached) {
            return;
        }
        if (writer.hasPending()) {
            closeIfAfter(writeDeadlineMillis);
        } else if (lingering) {
            closeIfAfter(deadlineMillis);
        } else if (loop.nowMillis() > deadlineMillis) {
            deadlineMillis = NEVER;
            tell(leader, protocol::onDeadline);
        } else if (server.isStopping()) {
            tell(leader, protocol::onStopping);
        }
    }

    private void tell(Worker leader, BiConsumer<Connection, Output> news) {
        try {
            Output output = leader.output().of(this);
            news.accept(this, output);
            output.flush();
            settle();
        } catch (RuntimeException | Error e) {
            fail(leader, e);
        }
        enqueueIfCalled();
    }

    private void closeIfAfter(long deadline) {
        if (loop.nowMillis() > deadline) {
            LOG.debug("[c{}] Closed: the client doesn't take what is sent to it", id);
            close();
        }
    }

    private void interest(int operations) {
        if (interest != operations) {
            interest = operations;
            key.interestOps(operations);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("[c{}] Closed with a fault: {}", id, e.toString());
        }
        wakeWaiter();
        if (!detached) {
            letGo();
        }
        server.connectionClosed(loop);
    }
}
