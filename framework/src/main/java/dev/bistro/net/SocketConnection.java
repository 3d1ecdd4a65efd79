package dev.bistro.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection over a socket, as its protocol and its tasks see it; {@link ServedConnection} is the loop's view of it.
 * Owner of the fields: the connection's owner, which is the leader of its loop or a task's thread.
 */
final class SocketConnection extends Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /** Output larger than this may still be on its way when all of it is written, so the connection lingers. */
    private static final int SMALL_ANSWER_BYTES = 16 * 1024;

    /**
     * The most that the system may buffer for a slow client; with more, it would take long to notice that the client
     * takes nothing.
     */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final SocketAddress peerAddress;
    private final EventLoop loop;
    private final NetServer server;
    private final Deadlines deadlines;
    private final SocketWait socketWait = new SocketWait();
    private final ServedConnection served;
    private final AtomicBoolean wakeAsked = new AtomicBoolean(); // set by any thread
    private Optional<SocketAddress> remoteAddress;
    private SocketAddress countedAddress; // null if it isn't counted for a client
    private Wire wire;
    private SocketWriter writer;
    private SSLSession tlsSession;
    private Worker worker; // the thread that calls the protocol at the moment, or null
    private Call pendingCall;
    private boolean isTakenOver;
    private boolean boundsSendBuffer;
    private long writtenWhenIdle;

    SocketConnection(long id, SocketChannel channel, EventLoop loop, NetServer server) throws IOException {
        super(id);
        this.channel = channel;
        this.wire = new PlainWire(channel, channel);
        this.writer = new SocketWriter(id, wire, server.budget());
        this.peerAddress = channel.getRemoteAddress();
        this.remoteAddress = Optional.of(peerAddress);
        this.countedAddress = peerAddress;
        this.loop = loop;
        this.server = server;
        this.deadlines = new Deadlines(server.settings().writeTimeout().toMillis());
        this.served = new ServedConnection(this, channel, loop, server);
    }

    /** The loop's view of the connection. */
    ServedConnection served() {
        return served;
    }

    // ---- for protocols; called by the owner

    @Override
    public SocketAddress peerAddress() {
        return peerAddress;
    }

    @Override
    public Optional<SocketAddress> remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.ofNullable(tlsSession);
    }

    @Override
    public void setDeadline(long millis) {
        deadlines.set(nowMillis(), millis);
    }

    @Override
    public void setIdleDeadline(long millis) {
        deadlines.setIdle(nowMillis(), millis);
        writtenWhenIdle = writer.writtenBytes();
    }

    /** The loop's time is that of its last round, which may have been long before where a task's thread asks. */
    private long nowMillis() {
        return hasLeftLoop() ? Deadlines.now() : loop.nowMillis();
    }

    @Override
    public void clearDeadline() {
        deadlines.clear();
    }

    @Override
    public boolean mayRunOwned(ExecutionProfile profile) {
        boolean quick = !profile.needsOwnThread()
                || profile.isBlockingUnproven() && server.threads().areAllTaken();
        return quick && server.workers().hasReserve();
    }

    @Override
    public void runOwned(Runnable handler, ExecutionProfile profile) {
        if (hasLeftLoop()) {
            runMeasured(handler, profile);
        } else {
            worker.run(handler, profile, served);
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
            loop.post(served, ServedConnection.WAKE);
        }
    }

    @Override
    public void executeUnowned(Runnable code) {
        server.threads().execute(code);
    }

    @Override
    public void breakOff() {
        loop.post(served, ServedConnection.BREAK_OFF);
    }

    @Override
    public void callUnowned(Call call) {
        pendingCall = call;
    }

    @Override
    public void replaceProtocol(Protocol next) {
        if (!isTakenOver) {
            isTakenOver = true;
            server.countTakenOver(1);
        }
        super.replaceProtocol(next);
    }

    @Override
    public boolean isStopping() {
        return server.endsConnections();
    }

    // ---- for Output; called by the owner

    @Override
    SocketWriter writer() {
        return writer;
    }

    // ---- for BlockingIo; called by a task's thread

    @Override
    void awaitWritable() throws IOException {
        long left = writeTimeLeft(Deadlines.now());
        if (left <= 0 || !socketWait.await(SelectionKey.OP_WRITE, left, this::askToWatch)) {
            server.count(DropReason.SLOW_READER);
            writer.breakOff();
            throw new SocketTimeoutException("The client takes too little of what is sent to it");
        }
    }

    @Override
    void allWritten() {
        deadlines.allWritten();
    }

    @Override
    int awaitInput(Input input, long timeoutMillis) throws IOException {
        int count = input.readFrom(wire);
        while (count == 0) {
            if (!socketWait.await(SelectionKey.OP_READ, timeoutMillis, this::askToWatch)) {
                throw new SocketTimeoutException("The client is too slow");
            }
            count = input.readFrom(wire);
        }
        return count;
    }

    private void askToWatch() {
        loop.post(served, ServedConnection.WATCH);
    }

    @Override
    int readBufferBytes() {
        return server.settings().readBufferBytes();
    }

    // ---- for Opening; called by the loop's leader

    /** The peer is a proxy, so the client that it counts for is known only when the proxy has told it. */
    void awaitRemoteAddress() {
        countedAddress = null;
    }

    /** Sets the client's address, as a proxy tells it; false if that client has too many connections. */
    boolean setRemoteAddress(Optional<SocketAddress> told) {
        remoteAddress = told;
        if (told.isPresent() && !server.clientKnown(told.get())) {
            return false;
        }
        countedAddress = told.orElse(null);
        return true;
    }

    /** The address for which it is counted; null if for none. */
    SocketAddress countedAddress() {
        return countedAddress;
    }

    /** Has all bytes go by TLS from now on. */
    TlsWire openTls(SSLEngine engine) {
        var tls = new TlsWire(channel, engine, server.tlsBuffers(), server.budget());
        wire = tls;
        writer = new SocketWriter(id, wire, server.budget());
        return tls;
    }

    /** The TLS handshake is done. */
    void setTlsSession(SSLSession session) {
        tlsSession = session;
    }

    // ---- for ServedConnection; called by the owner

    Wire wire() {
        return wire;
    }

    /** Whether there is input for the protocol that the socket won't be ready for. */
    boolean hasInput() {
        return hasLeftover() || wire.hasInput();
    }

    /** Whether input is kept in memory until there is more, or somebody reads it. */
    boolean keepsInput() {
        return hasLeftover() || wire.keepsInput();
    }

    /** Whether nothing is to be done before the client sends something. */
    boolean waitsForInput() {
        return reading && nextStep() == Step.WAIT && !wire.hasInput() && !hasPendingCall();
    }

    Deadlines deadlines() {
        return deadlines;
    }

    SocketWait socketWait() {
        return socketWait;
    }

    /**
     * Gives the protocol the input that was left over, followed by what the source has if there is one; false if the
     * client has closed its side.
     */
    boolean receive(Worker leader, Wire source) throws IOException {
        worker = leader;
        return giveInput(leader.input(), source, leader.output());
    }

    /** Calls {@link Protocol#onWake}. A {@link #wake} that comes from now on leads to another call. */
    void answerWake(Worker leader) {
        wakeAsked.set(false);
        tell(leader, protocol::onWake);
        callAgain = true;
    }

    /** Calls the protocol with an event, and sends what it writes. */
    void tell(Worker leader, BiConsumer<Connection, Output> news) {
        worker = leader;
        Output output = leader.output().of(this);
        news.accept(this, output);
        output.flush();
    }

    /** The protocol has returned to the loop. */
    void protocolReturned() {
        worker = null;
    }

    /** How long the client may still take for pending output; below zero when it is too late. */
    long writeTimeLeft(long now) {
        if (!boundsSendBuffer) {
            boundsSendBuffer = true;
            boundSendBuffer();
        }
        return deadlines.writeTimeLeft(now, writer.writtenBytes());
    }

    private void boundSendBuffer() {
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        } catch (IOException gone) {
            LOG.debug("[c{}] The client is gone: {}", id, gone.toString());
        }
    }

    /** Whether the client might lose output if the socket was closed now. */
    boolean mustLinger(Input input) throws IOException {
        if (ending() == Ending.WHEN_READ
                || hasLeftover()
                || wire.hasInput()
                || writer.writtenBytes() - writtenWhenIdle > SMALL_ANSWER_BYTES) {
            return true;
        }
        input.load(Input.nothing());
        return input.readFrom(channel) > 0;
    }

    // ---- the handler of callUnowned

    boolean hasPendingCall() {
        return pendingCall != null;
    }

    /**
     * Runs the handler, watched by the watchdog, or on a thread of its own. Where it needs a thread and none is free,
     * it stays pending.
     *
     * @return true if it has run, and the worker still leads the loop
     */
    boolean runPendingCall(Worker leader) {
        Call call = pendingCall;
        if (!mayRunOwned(call.profile())) {
            runOnOwnThread(call);
            return false;
        }
        pendingCall = null;
        if (leader.run(call, call.profile(), null)) {
            return true;
        }
        wake();
        return false;
    }

    private void runOnOwnThread(Call call) {
        try {
            executeMeasured(call);
            pendingCall = null;
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

    /**
     * The connection is closed and has no owner. The protocol may call a last handler when it is told so.
     */
    void notifyClosed() {
        if (isTakenOver) {
            server.countTakenOver(-1);
        }
        notifyClosed(LOG);
        Call call = pendingCall;
        pendingCall = null;
        if (call != null) {
            try {
                executeMeasured(call);
            } catch (RejectedExecutionException stopped) {
                call.run();
            }
        }
    }
}
