package dev.bistro.http1;

import dev.bistro.http.spi.FileOutput;
import dev.bistro.net.BlockingIo;
import dev.bistro.net.UnreadableFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * A response's body as a stream: what is written goes to the client, and the writer waits while the client doesn't
 * take it. The head goes out with the first piece, so that a writer that fails before it is answered with an error.
 */
final class ResponseStream extends OutputStream implements FileOutput {
    private static final int PIECE_BYTES = 8 * 1024;

    private final BlockingIo io;
    private final Delivery delivery;
    private final ResponseFraming framing;
    private final LongConsumer sent;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private long written;
    private boolean headWritten;
    private boolean broken;

    /** Writes to this connection, and tells how many bytes of the body it has written. */
    ResponseStream(BlockingIo io, Delivery delivery, LongConsumer sent) {
        this.io = io;
        this.delivery = delivery;
        this.framing = delivery.framing();
        this.sent = sent;
    }

    @Override
    public void write(int b) throws IOException {
        if (filled == PIECE_BYTES) {
            sendPiece();
        }
        count(1);
        piece[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] array, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, array.length);
        count(count);
        int from = offset;
        int end = offset + count;
        while (from < end) {
            if (filled == PIECE_BYTES) {
                sendPiece();
            }
            int copied = Math.min(PIECE_BYTES - filled, end - from);
            System.arraycopy(array, from, piece, filled, copied);
            filled += copied;
            from += copied;
        }
    }

    @Override
    public void write(FileChannel file, long position, long count) throws IOException {
        count(count);
        flush();
        begin();
        if (count > 0) {
            framing.writeStart(count, io.output());
            transfer(file, position, count);
            framing.writeEnd(io.output());
        }
    }

    private void transfer(FileChannel file, long position, long count) throws IOException {
        try {
            io.transfer(file, position, count);
            sent.accept(count);
        } catch (EOFException | UnreadableFileException fileHasFailed) {
            throw fileHasFailed;
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private void count(long count) throws IOException {
        written += count;
        if (framing == ResponseFraming.LENGTH && written > delivery.length()) {
            throw new IOException(
                    "More is written than the length of " + delivery.length() + " bytes that was announced");
        }
    }

    /** Sends what was written, and waits until the client has taken it. */
    @Override
    public void flush() throws IOException {
        if (filled > 0) {
            sendPiece();
        }
    }

    private void sendPiece() throws IOException {
        begin();
        framing.writeStart(filled, io.output());
        io.output().write(piece, 0, filled);
        framing.writeEnd(io.output());
        sent.accept(filled);
        filled = 0;
        send();
    }

    private void send() throws IOException {
        try {
            io.flush();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private void begin() {
        if (!headWritten) {
            headWritten = true;
            delivery.writeHead(io.output());
        }
    }

    /** Writes what is left, and the end of the body. */
    void finish() throws IOException {
        if (framing == ResponseFraming.LENGTH && written < delivery.length()) {
            throw new IOException(
                    "Only " + written + " bytes were written of the " + delivery.length() + " that were announced");
        }
        flush();
        begin();
        framing.writeLast(io.output());
    }

    /** Whether the head has been sent, so that it is too late for an error response. */
    boolean hasBegun() {
        return headWritten;
    }

    /** Whether it failed because the client has gone. */
    boolean isBroken() {
        return broken;
    }
}
