package dev.bistro.http1;

import dev.bistro.http.spi.PulledBody;
import dev.bistro.http.spi.PulledBody.FilePart;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A response whose body is pulled: the next piece is made when the client has taken the one before, so that only one
 * piece waits for a slow client. The head goes out with the first piece, so that a body that fails before then
 * is answered with an error.
 *
 * <pre>
 *              ┌──── taken ◀──────────────── written ◀──────┐
 *              ▼                                            │
 *   ──▶ in a file, and files are quick? ── no ──▶ made as a batch
 *              │ yes                                        │ the last one: written ──▶ complete
 *              └──▶ sent by the system, a stretch a turn    ▼ failed: the connection is closed
 * </pre>
 */
final class PulledAnswer extends BatchedAnswer {
    /** Pieces are gathered up to this size, unless the client can use each before the next one is there. */
    private static final int GATHERED_BYTES = 8 * 1024;

    /** This much of a file is sent before the loop's other connections have their turn. */
    private static final int TURN_BYTES = 512 * 1024;

    /**
     * This much of a file is sent in one run, of which the watchdog sees how long it takes: little enough that only a
     * slow disk holds up the loop, and not the copying. What is mapped is sent by one call for a whole turn: each call
     * wakes the client, and the fewer there are, the more it finds.
     */
    private static final int RUN_BYTES = 128 * 1024;

    /** So often a socket with room may take nothing of a file: then the file is read, as its system can't send it. */
    private static final int MAX_EMPTY_RUNS = 3;

    private static final String SHORTER = "The file became shorter while it was sent";

    private final PulledBody body;
    private final ExecutionProfile profile;
    private long written;
    // owner: the thread that makes a batch while one is made, and otherwise the connection's owner
    private FilePart part;
    private long sent; // of the part
    private int emptyRuns; // in a row, in which the socket has taken nothing of the part
    private Throwable fault;

    PulledAnswer(Exchange exchange, PulledBody body, Delivery delivery, ExecutionProfile profile) {
        super(exchange, delivery, profile);
        this.body = body;
        this.profile = profile;
    }

    // ---- the application's code

    @Override
    Batch makeBatch() throws IOException {
        var pieces = new ArrayList<byte[]>(1);
        if (part != null) {
            pieces.add(read(PulledBody.MAX_PIECE_BYTES));
            return new Batch(pieces, false, null);
        }
        int size = 0;
        while (size == 0 || size < GATHERED_BYTES && !body.isLive()) {
            byte[] piece = body.next();
            if (piece.length == 0) {
                return new Batch(pieces, true, null);
            }
            pieces.add(piece);
            size += piece.length;
        }
        return new Batch(pieces, false, null);
    }

    @Override
    void closeSource() throws IOException {
        body.close();
    }

    // ---- for the connection's owner

    @Override
    void write(Batch batch, Output output) {
        boolean ofPart = part != null;
        for (byte[] piece : batch.pieces()) {
            write(piece, ofPart, output);
        }
        if (fault != null) {
            fail(fault, output);
        } else if (batch.isLast()) {
            end(output);
        } else {
            sendNext(output);
        }
    }

    private void write(byte[] piece, boolean ofPart, Output output) {
        if (ofPart) {
            output.write(piece);
            exchange.addBody(piece.length);
            emptyRuns = 0;
            endPart(output);
        } else if (begin(piece.length, output)) {
            delivery.framing().write(piece, output);
            exchange.addBody(piece.length);
        }
    }

    /** Writes the head if needed; returns false where the next {@code count} bytes exceed the announced length. */
    private boolean begin(long count, Output output) {
        written += count;
        if (delivery.framing() == ResponseFraming.LENGTH && written > delivery.length()) {
            fault = new IOException("More comes than the length of " + delivery.length() + " bytes that was announced");
            return false;
        }
        writeHead(output);
        return true;
    }

    private Optional<FilePart> nextInFile() {
        try {
            return body.nextInFile();
        } catch (RuntimeException | Error e) {
            fault = e;
            return Optional.empty();
        }
    }

    /** Sends the next part of a file, or has the next batch made, unless the client has to take something before. */
    void sendNext(Output output) {
        if (output.isCongested()) {
            return; // onWake is called when it has gone out
        }
        while (part == null && fault == null) {
            Optional<FilePart> next = nextInFile();
            if (fault != null) {
                break;
            }
            if (next.isEmpty()) {
                startBatch();
                return;
            }
            beginPart(next.get(), output);
        }
        if (fault != null) {
            fail(fault, output);
        } else if (emptyRuns < MAX_EMPTY_RUNS && connection.mayRunOwned(profile)) {
            sendPart(output);
        } else {
            startBatch();
        }
    }

    private void beginPart(FilePart next, Output output) {
        if (next.count() > 0 && begin(next.count(), output)) {
            delivery.framing().writeStart(next.count(), output);
            part = next;
            sent = 0;
        }
    }

    private void endPart(Output output) {
        if (sent == part.count()) {
            part = null;
            delivery.framing().writeEnd(output);
        }
    }

    private void sendPart(Output output) {
        long turnEnd = Math.min(part.count(), sent + TURN_BYTES);
        long before;
        do {
            before = sent;
            connection.runOwned(() -> send(output), profile);
        } while (sent == before + runBytes(output)
                && sent < turnEnd
                && connection.mayRunOwned(profile)); // all was taken
        if (fault != null) {
            fail(fault, output);
            return;
        }
        endPart(output);
        if (!output.isCongested()) {
            connection.wake(); // for the next turn
        }
    }

    private long runBytes(Output output) {
        return part.mapped() == null || !output.isCopiedBySystem() ? RUN_BYTES : TURN_BYTES;
    }

    /** Sends a stretch of the part; what the socket doesn't take is sent when it has room. */
    private void send(Output output) {
        try {
            long count = Math.min(part.count() - sent, runBytes(output));
            ByteBuffer mapped = output.isCopiedBySystem() ? part.mapped() : null;
            long taken = output.transfer(part.file(), part.position() + sent, count, mapped);
            sent += taken;
            emptyRuns = taken == 0 ? emptyRuns + 1 : 0;
            exchange.addBody(taken);
            if (taken < count) {
                requireRest();
            }
        } catch (IOException e) {
            fault = e;
        }
    }

    /** Less was sent than is there because the socket is full, or because the file has become shorter. */
    private void requireRest() throws IOException {
        if (part.file().size() < part.position() + part.count()) {
            throw new EOFException(SHORTER);
        }
    }

    private byte[] read(int most) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(part.count() - sent, most));
        while (bytes.hasRemaining()) {
            int count = part.file().read(bytes, part.position() + sent);
            if (count < 0) {
                throw new EOFException(SHORTER);
            }
            sent += count;
        }
        return bytes.array();
    }

    private void end(Output output) {
        if (delivery.framing() == ResponseFraming.LENGTH && written < delivery.length()) {
            fail(
                    new IOException(
                            "Only " + written + " bytes came of the " + delivery.length() + " that were announced"),
                    output);
            return;
        }
        writeEnd(output, true);
    }
}
