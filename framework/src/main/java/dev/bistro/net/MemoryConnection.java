package dev.bistro.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection within the process, for the same protocols but without a socket and a loop. One thread serves it and
 * always owns it, so handlers and tasks that were handed off run on that thread too.
 */
public final class MemoryConnection extends Connection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryConnection.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long STOPPING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int OUTPUT_BYTES = 16 * 1024;
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final MemoryServer server;
    private final Optional<SSLSession> tlsSession;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final MemoryPipe requests = new MemoryPipe(lock, changed);
    private final MemoryPipe responses = new MemoryPipe(lock, changed);
    private final SocketWriter writer;
    private final Input input;
    private final Output output;
    // owner: the connection's thread
    private long deadlineNanos = NEVER;
    // set by other threads, which signal the change
    private final AtomicBoolean wakeAsked = new AtomicBoolean();
    private final AtomicBoolean stopAsked = new AtomicBoolean();
    private final AtomicBoolean breakAsked = new AtomicBoolean();

    MemoryConnection(long id, MemoryServer server, Optional<SSLSession> tlsSession) {
        super(id);
        this.server = server;
        this.tlsSession = tlsSession;
        this.writer = new SocketWriter(id, new PlainWire(requests.source(), responses.sink()), server.budget());
        this.input = new Input(server.readBufferBytes());
        this.output = new Output(OUTPUT_BYTES).of(this);
    }

    // ---- the client's side

    /** What the server sends; reading waits at most this long for a byte. */
    public InputStream input(long timeoutMillis) {
        return responses.input(timeoutMillis);
    }

    /** Where the client writes; writing waits while the server doesn't read. */
    public OutputStream output() {
        return requests.output();
    }

    /** Closes the client's side; the server still reads what was sent. */
    @Override
    public void close() {
        responses.breakOff();
        requests.end();
    }

    // ---- the connection's thread

    void serve() {
        try {
            protocol = server.protocols().open(this);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step();
            }
        } catch (IOException gone) {
            LOG.debug("[m{}] The client is gone: {}", id, gone.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("[m{}] Closed, since its protocol failed", id, e);
        } finally {
            responses.end();
            requests.breakOff();
            notifyClosed(LOG);
        }
    }

    /** Does the next thing that there is to do; false at the end. */
    private boolean step() throws IOException {
        if (breakAsked.get()) {
            throw new IOException("It was broken off");
        }
        switch (nextStep()) {
            case CLOSE -> throw new IOException("The client has gone");
            case AWAIT_WRITABLE -> {
                await(responses::isWritable, NEVER);
                writer.flush();
                wakeAsked.set(true); // the protocol may have more
            }
            case HAND_OFF -> runTask(takeTask());
            case END -> {
                return false;
            }
            case GIVE_LEFTOVER -> giveInput(input, null, output);
            case WAIT -> awaitEvent();
        }
        return true;
    }

    private void awaitEvent() throws IOException {
        if (await(this::hasWork, nextCheck())) {
            work();
        } else if (System.nanoTime() >= deadlineNanos) {
            deadlineNanos = NEVER;
            tell(protocol::onDeadline);
        } else {
            tell(protocol::onStopping);
        }
    }

    private boolean hasWork() {
        return wakeAsked.get() || stopAsked.get() || breakAsked.get() || reading && requests.isReadable();
    }

    private long nextCheck() {
        return isStopping() ? Math.min(deadlineNanos, System.nanoTime() + STOPPING_NANOS) : deadlineNanos;
    }

    private void work() throws IOException {
        if (reading && requests.isReadable()) {
            receive();
        } else if (wakeAsked.getAndSet(false)) {
            tell(protocol::onWake);
            callAgain = true;
        } else if (stopAsked.getAndSet(false)) {
            tell(protocol::onStopping);
        }
    }

    private void tell(BiConsumer<Connection, Output> news) {
        news.accept(this, output);
        output.flush();
    }

    private void receive() throws IOException {
        if (!giveInput(input, requests.source(), output)) {
            throw new IOException("The client has closed the connection");
        }
    }

    private void runTask(Task task) {
        var io = new BlockingIo(this);
        task.run(io);
        io.end();
        callAgain = true;
    }

    /** Waits for a state; false if the time comes first. */
    private boolean await(BooleanSupplier state, long untilNanos) throws IOException {
        lock.lock();
        try {
            while (!state.getAsBoolean()) {
                long left = untilNanos == NEVER ? NEVER : untilNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw new InterruptedIOException("Interrupted while waiting for the client");
        } finally {
            lock.unlock();
        }
    }

    // ---- from other threads

    @Override
    public void wake() {
        signal(wakeAsked);
    }

    void stop() {
        signal(stopAsked);
    }

    @Override
    public void breakOff() {
        signal(breakAsked);
        responses.breakOff();
        responses.end();
        requests.end();
    }

    private void signal(AtomicBoolean asked) {
        lock.lock();
        try {
            asked.set(true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- for protocols

    @Override
    public SocketAddress peerAddress() {
        return CLIENT;
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return tlsSession;
    }

    @Override
    public void setDeadline(long millis) {
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void clearDeadline() {
        deadlineNanos = NEVER;
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
        handler.run();
    }

    @Override
    public boolean hasLeftLoop() {
        return false;
    }

    @Override
    public ByteBudget budget() {
        return server.budget();
    }

    @Override
    public void executeUnowned(Runnable code) {
        server.execute(code);
    }

    /**
     * Runs it on a thread of its own, since this thread serves the connection; after the server has stopped, on this
     * one.
     */
    @Override
    public void callUnowned(Call call) {
        try {
            server.execute(() -> {
                call.run();
                wake();
            });
        } catch (RejectedExecutionException stopped) {
            call.run();
        }
    }

    @Override
    public boolean isStopping() {
        return server.isStopping();
    }

    // ---- for Output and BlockingIo

    @Override
    SocketWriter writer() {
        return writer;
    }

    @Override
    void awaitWritable() throws IOException {
        await(responses::isWritable, NEVER);
    }

    @Override
    int awaitInput(Input target, long timeoutMillis) throws IOException {
        if (!await(requests::isReadable, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis))) {
            throw new SocketTimeoutException("The client is too slow");
        }
        return target.readFrom(requests.source());
    }

    @Override
    int readBufferBytes() {
        return server.readBufferBytes();
    }
}
