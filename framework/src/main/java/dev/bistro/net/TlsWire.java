package dev.bistro.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The bytes go by TLS. Keeps between two steps only what can't be done without: a record that has arrived in part, and
 * what the socket didn't take. The end that a client tells ({@code close_notify}) counts as the end of its input, as a
 * TCP connection's does; so does the end of the connection without it, since HTTP's messages say themselves where they
 * end.
 *
 * <pre>
 *   socket ──▶ received ──unwrap──▶ decrypted ──▶ protocol
 *   socket ◀── encrypted ◀──wrap────────────────── protocol
 * </pre>
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final byte[] NONE = new byte[0];
    private static final String TLS_1_2 = "TLSv1.2";
    private static final int HEADER_BYTES = 5; // of a record: type, version, length (RFC 8446, section 5.1)
    private static final int ALERT_RECORD = 21;
    private static final int HANDSHAKE_RECORD = 22;

    /** So many records of the client's are taken in a handshake, which needs a few: more keep the loop busy. */
    private static final int MAX_HANDSHAKE_RECORDS = 200;

    /** So many records without data are taken within the time: updates of keys, and empty ones. */
    private static final int MAX_EMPTY_RECORDS = 32;

    /**
     * So much data allows for one more record without. Where a key has encrypted as much as it may, the JDK asks for a
     * new one with each record until it comes, and a client answers each time.
     */
    private static final int BYTES_PER_EMPTY_RECORD = 8 * 1024;

    private static final long EMPTY_RECORDS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ByteChannel channel;
    private final SSLEngine engine;
    private final TlsBuffers.Pool pool;
    private final ByteBudget budget;
    private final TlsOutput output;
    private byte[] received = NONE;
    private ByteBuffer decrypted = NOTHING;
    private boolean inputEnded;
    private boolean refusesHandshakes;
    private boolean begun;
    private int handshakeRecords;
    private int emptyRecords;
    private long firstEmptyNanos;
    private long unmatchedBytes;

    /** What a handshake waits for. */
    enum Handshake {
        /** Bytes of the client. */
        INPUT,
        /** The client, which has to take bytes. */
        OUTPUT,
        /** {@link #runTasks} on a thread that may wait. */
        TASKS,
        /** Nothing: it is done. */
        DONE,
        /** Nothing: the client doesn't speak TLS but something that begins with a letter, as HTTP does. */
        PLAIN_TEXT
    }

    TlsWire(ByteChannel channel, SSLEngine engine, TlsBuffers.Pool pool, ByteBudget budget) {
        this.channel = channel;
        this.engine = engine;
        this.pool = pool;
        this.budget = budget;
        this.output = new TlsOutput(channel, engine, budget);
    }

    SSLSession session() {
        return engine.getSession();
    }

    /** Whether the server has asked for the client's certificate. */
    boolean asksForCertificate() {
        return engine.getNeedClientAuth() || engine.getWantClientAuth();
    }

    // ---- the handshake

    /** Adds bytes that were received before, when the connection was opened. */
    void addReceived(byte[] bytes) {
        keepReceived(ByteBuffer.wrap(bytes));
    }

    /** Goes on with the handshake as far as it gets without waiting. */
    Handshake shakeHands() throws IOException {
        if (!flush()) {
            return Handshake.OUTPUT;
        }
        TlsBuffers buffers = pool.take();
        ByteBuffer in = takeReceived(buffers);
        try {
            Handshake next = null;
            while (next == null) {
                next = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> Handshake.TASKS;
                    case NEED_WRAP -> output.sendOwn(buffers) ? null : Handshake.OUTPUT;
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> takeHandshake(in, buffers);
                    default -> begun ? Handshake.DONE : begin(in);
                };
            }
            refusesHandshakes =
                    next == Handshake.DONE && session().getProtocol().equals(TLS_1_2);
            keepReceived(in.flip());
            return next;
        } catch (SSLException e) {
            output.sendAlert(buffers);
            throw e;
        } finally {
            pool.give(buffers);
        }
    }

    private Handshake begin(ByteBuffer in) throws IOException {
        if (in.position() == 0 && !fill(in)) {
            return Handshake.INPUT;
        }
        if (Character.isLetter(in.get(0))) {
            return Handshake.PLAIN_TEXT;
        }
        begun = true;
        engine.beginHandshake();
        return null;
    }

    private Handshake takeHandshake(ByteBuffer in, TlsBuffers buffers) throws IOException {
        in.flip();
        SSLEngineResult result;
        try {
            result = unwrap(in, buffers.decrypted.clear());
        } finally {
            in.compact();
        }
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("The client has ended the handshake");
        }
        if (result.getStatus() == Status.OK && ++handshakeRecords > MAX_HANDSHAKE_RECORDS) {
            throw refusal("The client sends too many records in a handshake");
        }
        return result.getStatus() == Status.BUFFER_UNDERFLOW && !fill(in) ? Handshake.INPUT : null;
    }

    /**
     * What the engine can't take is the client's fault, also where the engine didn't expect it: the JDK's fails with a
     * ClassCastException where a client sends what only servers send.
     */
    private SSLEngineResult unwrap(ByteBuffer in, ByteBuffer out) throws SSLException {
        try {
            return engine.unwrap(in, out);
        } catch (RuntimeException e) {
            throw new SSLException("The client sends what can't be understood", e);
        }
    }

    /** Adds what the socket has, up to a record; false if that is nothing. */
    private boolean fill(ByteBuffer in) throws IOException {
        boolean hasMore = readMore(in, TlsBuffers.RECORD_BYTES);
        if (inputEnded) {
            throw new EOFException("The client has closed the connection during the handshake");
        }
        return hasMore;
    }

    /** Runs what the handshake needs to have computed; may take long. */
    void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    // ---- input

    @Override
    public boolean hasInput() {
        return decrypted.hasRemaining() || inputEnded || hasWholeRecord();
    }

    @Override
    public boolean keepsInput() {
        return decrypted.hasRemaining() || received.length > 0;
    }

    private boolean hasWholeRecord() {
        return received.length >= HEADER_BYTES
                && received.length - HEADER_BYTES >= ((received[3] & 0xFF) << 8 | received[4] & 0xFF);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (decrypted.hasRemaining()) {
            return takeDecrypted(target);
        }
        if (inputEnded || !target.hasRemaining()) {
            return inputEnded ? -1 : 0;
        }
        TlsBuffers buffers = pool.take();
        ByteBuffer in = takeReceived(buffers);
        try {
            int before = target.position();
            boolean more = true;
            while (more) {
                in.flip();
                decrypt(in, target, buffers);
                in.compact();
                more = target.position() == before && !inputEnded && readMore(in, target.remaining());
            }
            keepReceived(in.flip());
            int count = target.position() - before;
            return count == 0 && inputEnded ? -1 : count;
        } catch (SSLException e) {
            output.sendAlert(buffers);
            throw e;
        } finally {
            pool.give(buffers);
        }
    }

    /** Reads no more than about what is wanted, since the rest would be kept. */
    private boolean readMore(ByteBuffer in, int wanted) throws IOException {
        int room = Math.max(TlsBuffers.RECORD_BYTES, wanted) - in.position();
        if (room <= 0) {
            throw refusal("A record is too large");
        }
        in.limit(Math.min(in.capacity(), in.position() + room));
        int count = channel.read(in);
        in.limit(in.capacity());
        inputEnded = count < 0;
        return count > 0;
    }

    /**
     * Decrypts what there is room for. Stops before an alert that follows data: under TLS 1.2 nothing can be sent after
     * the client's end was read, and the data may be a request.
     */
    private void decrypt(ByteBuffer in, ByteBuffer target, TlsBuffers buffers) throws IOException {
        boolean more = in.hasRemaining();
        while (more) {
            refuseHandshake(in);
            SSLEngineResult result = unwrap(in, target);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                result = unwrap(in, buffers.decrypted.clear());
                takeSome(buffers.decrypted.flip(), target);
            }
            inputEnded = result.getStatus() == Status.CLOSED;
            unmatchedBytes += result.bytesProduced();
            if (result.getStatus() == Status.OK && result.bytesProduced() == 0) {
                countEmptyRecord();
            }
            answer(result.getHandshakeStatus(), buffers);
            more = result.getStatus() == Status.OK
                    && target.hasRemaining()
                    && in.hasRemaining()
                    && !(in.get(in.position()) == ALERT_RECORD && result.bytesProduced() > 0);
        }
    }

    /** Moves what fits, and keeps the rest. */
    private void takeSome(ByteBuffer bytes, ByteBuffer target) {
        move(bytes, target);
        if (bytes.hasRemaining()) {
            decrypted = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            budget.take(decrypted.capacity());
        }
    }

    /** TLS 1.2 can begin a handshake again, which costs the server far more than the client. */
    private void refuseHandshake(ByteBuffer in) throws SSLException {
        if (refusesHandshakes && in.get(in.position()) == HANDSHAKE_RECORD) {
            throw refusal("The client wants another handshake");
        }
    }

    /**
     * A fault of the client's by our rules, of which the engine knows no alert. Nor is {@code close_notify} sent, which
     * would say that an answer that is under way ends here.
     */
    private SSLException refusal(String fault) {
        output.endSilently();
        return new SSLException(fault);
    }

    private void countEmptyRecord() throws SSLException {
        if (unmatchedBytes >= BYTES_PER_EMPTY_RECORD) {
            unmatchedBytes -= BYTES_PER_EMPTY_RECORD;
            return;
        }
        long now = System.nanoTime();
        if (emptyRecords == 0 || now - firstEmptyNanos > EMPTY_RECORDS_NANOS) {
            firstEmptyNanos = now;
            emptyRecords = 0;
        }
        if (++emptyRecords > MAX_EMPTY_RECORDS) {
            throw refusal("The client sends too many records without data");
        }
    }

    /** Sends what a record of the client asks for, such as new keys. */
    private void answer(HandshakeStatus status, TlsBuffers buffers) throws IOException {
        if (status == HandshakeStatus.NEED_WRAP && !inputEnded) {
            output.sendOwn(buffers);
        } else if (status == HandshakeStatus.NEED_TASK) {
            throw refusal("The client wants another handshake");
        }
    }

    private int takeDecrypted(ByteBuffer target) {
        int count = move(decrypted, target);
        if (!decrypted.hasRemaining()) {
            budget.give(decrypted.capacity());
            decrypted = NOTHING;
        }
        return count;
    }

    private static int move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        return count;
    }

    private ByteBuffer takeReceived(TlsBuffers buffers) {
        ByteBuffer in = buffers.received.clear().put(received);
        budget.give(received.length);
        received = NONE;
        return in;
    }

    private void keepReceived(ByteBuffer in) {
        if (in.hasRemaining()) {
            received = Arrays.copyOfRange(in.array(), in.position(), in.limit());
            budget.take(received.length);
        }
    }

    // ---- output

    @Override
    public int write(ByteBuffer source) throws IOException {
        TlsBuffers buffers = pool.take();
        try {
            return output.write(source, buffers);
        } finally {
            pool.give(buffers);
        }
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        TlsBuffers buffers = pool.take();
        try {
            return output.transferFrom(file, position, count, buffers);
        } finally {
            pool.give(buffers);
        }
    }

    /** Sends {@code close_notify}. */
    @Override
    public boolean end() throws IOException {
        TlsBuffers buffers = pool.take();
        try {
            return output.end(buffers);
        } finally {
            pool.give(buffers);
        }
    }

    @Override
    public boolean hasPending() {
        return output.hasPending();
    }

    @Override
    public boolean flush() throws IOException {
        return output.flush();
    }

    @Override
    public long sentBytes() {
        return output.sentBytes();
    }

    @Override
    public void release() {
        output.release();
        budget.give(received.length + decrypted.capacity());
        received = NONE;
        decrypted = NOTHING;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
