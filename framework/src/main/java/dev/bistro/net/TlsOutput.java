package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The output of {@link TlsWire}: encrypts what the protocol and the TLS engine have to say, and keeps what the socket
 * doesn't take, which is at most what was encrypted in one step. Belongs to the connection's owner.
 */
final class TlsOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final WritableByteChannel channel;
    private final SSLEngine engine;
    private final ByteBudget budget;
    private ByteBuffer pending = NOTHING;
    private long sentBytes;
    private boolean ended;

    TlsOutput(WritableByteChannel channel, SSLEngine engine, ByteBudget budget) {
        this.channel = channel;
        this.engine = engine;
        this.budget = budget;
    }

    /** The number of bytes that the socket has taken in all. */
    long sentBytes() {
        return sentBytes;
    }

    /** Whether the socket hasn't taken everything yet. */
    boolean hasPending() {
        return pending.hasRemaining();
    }

    /** Goes on with what is pending; returns whether that is all gone. */
    boolean flush() throws IOException {
        if (hasPending()) {
            sentBytes += channel.write(pending);
            if (!hasPending()) {
                budget.give(pending.capacity());
                pending = NOTHING;
            }
        }
        return !hasPending();
    }

    /** Encrypts and sends until the socket takes no more; returns how many bytes of the source that were. */
    int write(ByteBuffer source, TlsBuffers buffers) throws IOException {
        if (ended) {
            throw new IOException("The output has ended");
        }
        int before = source.position();
        while (source.hasRemaining() && flush()) {
            encrypt(source, buffers.encrypted.clear());
            send(buffers.encrypted.flip());
        }
        return source.position() - before;
    }

    private void encrypt(ByteBuffer source, ByteBuffer out) throws IOException {
        boolean fits = true;
        while (source.hasRemaining() && fits) {
            SSLEngineResult result = engine.wrap(source, out);
            if (result.getStatus() == Status.CLOSED) {
                throw new IOException("The client has ended the connection");
            }
            fits = result.getStatus() == Status.OK;
        }
    }

    /** Reads a stretch at a time, so that memory stays small. */
    long transferFrom(FileChannel file, long position, long count, TlsBuffers buffers) throws IOException {
        long moved = 0;
        while (moved < count && flush()) {
            ByteBuffer stretch = buffers.file.clear();
            stretch.limit((int) Math.min(stretch.capacity(), count - moved));
            if (file.read(stretch, position + moved) <= 0) {
                return moved;
            }
            moved += write(stretch.flip(), buffers);
        }
        return moved;
    }

    /** Sends what the engine has to say by itself, such as its part of a handshake; returns whether all has gone. */
    boolean sendOwn(TlsBuffers buffers) throws IOException {
        ByteBuffer out = buffers.encrypted.clear();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrapNothing(out) > 0) {
            // all of it goes out in one piece
        }
        if (out.position() == 0) {
            throw new SSLException("The handshake can't go on");
        }
        send(out.flip());
        return !hasPending();
    }

    /** Encrypts what the engine has to say by itself, and fails with what its tasks have failed with. */
    private int wrapNothing(ByteBuffer out) throws SSLException {
        try {
            return engine.wrap(NOTHING, out).bytesProduced();
        } catch (RuntimeException e) {
            throw new SSLException("The client sends what can't be understood", e);
        }
    }

    /** Has the client know why the connection is closed, if the socket takes that at once. */
    void sendAlert(TlsBuffers buffers) {
        if (ended) {
            return;
        }
        try {
            end(buffers);
        } catch (IOException | RuntimeException e) {
            ended = true; // the alert is a courtesy
        }
    }

    /** Sends the engine's last words: an alert, or {@code close_notify} (RFC 8446, section 6.1). */
    boolean end(TlsBuffers buffers) throws IOException {
        if (!ended) {
            ended = true;
            engine.closeOutbound();
            ByteBuffer out = buffers.encrypted.clear();
            while (!engine.isOutboundDone() && engine.wrap(NOTHING, out).bytesProduced() > 0) {
                // what is left to be said
            }
            send(out.flip());
        }
        return flush();
    }

    /** Ends without last words: {@code close_notify} would say that an answer that is under way ends here. */
    void endSilently() {
        ended = true;
    }

    private void send(ByteBuffer encrypted) throws IOException {
        if (!hasPending()) {
            sentBytes += channel.write(encrypted);
        }
        if (encrypted.hasRemaining()) {
            ByteBuffer before = pending;
            pending = ByteBuffer.allocate(before.remaining() + encrypted.remaining())
                    .put(before)
                    .put(encrypted)
                    .flip();
            budget.give(before.capacity());
            budget.take(pending.capacity());
        }
    }

    /** Drops what is pending. */
    void release() {
        budget.give(pending.capacity());
        pending = NOTHING;
    }
}
