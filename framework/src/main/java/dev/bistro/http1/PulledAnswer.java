package dev.bistro.http1;

import dev.bistro.http.spi.PulledBody;
import dev.bistro.http.spi.PulledBody.FilePart;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A response whose body is pulled: the next piece is made when the client has taken the one before, so nothing but that
 * piece waits for a slow client. The head goes out with the first piece, so that a body that fails before it is
 * answered with an error.
 *
 * <pre>
 *              ┌──── taken ◀──────────────── written ◀──────┐
 *              ▼                                            │
 *   ──▶ in a file, and files are quick? ── no ──▶ made, where it holds up nobody
 *              │ yes                                        │ the last one: written ──▶ over
 *              └──▶ sent by the system, a stretch a turn    ▼ failed: over, and the connection with it
 * </pre>
 */
final class PulledAnswer extends Production implements Answering {
    /** Smaller pieces go together, unless the client can use each before the next one is there. */
    private static final int GATHERED_BYTES = 8 * 1024;

    /** What is sent of a file before all others of the loop have their turn. */
    private static final int TURN_BYTES = 512 * 1024;

    /**
     * What is read of a file where the socket is full, so that the connection waits until there is room: then it takes
     * much at once.
     */
    private static final int KEPT_BYTES = 16 * 1024;

    private final Exchange exchange;
    private final Connection connection;
    private final PulledBody body;
    private final Delivery delivery;
    private final ExecutionProfile profile;
    private boolean begun;
    private long written;
    // the maker's while something is made, and the owner's otherwise:
    private FilePart part;
    private long sent; // of the part
    private Throwable fault;

    PulledAnswer(Exchange exchange, PulledBody body, Delivery delivery, ExecutionProfile profile) {
        super(exchange.connection(), exchange.apart(), profile);
        this.exchange = exchange;
        this.connection = exchange.connection();
        this.body = body;
        this.delivery = delivery;
        this.profile = profile;
    }

    // ---- what the application does

    @Override
    Batch make() throws IOException {
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
    void closeBody() throws IOException {
        body.close();
    }

    // ---- what the connection's owner does

    @Override
    public void onWake(Output output) {
        if (isMaking()) {
            return;
        }
        Batch batch = take();
        boolean ofPart = part != null;
        for (byte[] piece : batch.pieces()) {
            write(piece, ofPart, output);
        }
        if (fault != null) {
            fail(fault, output);
        } else if (batch.fault() != null) {
            fail(batch.fault(), output);
        } else if (batch.isLast()) {
            end(output);
        } else {
            goOn(output);
        }
    }

    private void write(byte[] piece, boolean ofPart, Output output) {
        if (ofPart) {
            output.write(piece);
            endPart(output);
        } else if (begin(piece.length, output)) {
            delivery.framing().write(piece, output);
        }
    }

    /** Writes the head, if it isn't yet; whether so many bytes more may follow. */
    private boolean begin(long count, Output output) {
        written += count;
        if (delivery.framing() == Framing.LENGTH && written > delivery.length()) {
            fault = new IOException("More comes than the length of " + delivery.length() + " bytes that was announced");
            return false;
        }
        if (!begun) {
            begun = true;
            delivery.writeHead(output);
        }
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

    /** Has what comes next sent, or made, unless the client has to take something before. */
    void goOn(Output output) {
        if (output.isCongested()) {
            return; // we are woken when it has gone out
        }
        while (part == null && fault == null) {
            Optional<FilePart> next = nextInFile();
            if (fault != null) {
                break;
            }
            if (next.isEmpty()) {
                start();
                return;
            }
            beginPart(next.get(), output);
        }
        if (fault != null) {
            fail(fault, output);
        } else if (connection.mayRunOwned(profile)) {
            sendPart(output);
        } else {
            start();
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
        connection.runOwned(() -> send(output), profile);
        if (fault != null) {
            fail(fault, output);
            return;
        }
        endPart(output);
        if (!output.isCongested()) {
            connection.wake(); // for another turn
        }
    }

    /** Sends a stretch of the part; what the socket doesn't take is for another turn. */
    private void send(Output output) {
        try {
            long turn = Math.min(part.count() - sent, TURN_BYTES);
            long taken = output.transfer(part.file(), part.position() + sent, turn);
            sent += taken;
            if (taken < turn) {
                output.write(read(KEPT_BYTES));
            }
        } catch (IOException e) {
            fault = e;
        }
    }

    private byte[] read(int most) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(part.count() - sent, most));
        while (bytes.hasRemaining()) {
            int count = part.file().read(bytes, part.position() + sent);
            if (count < 0) {
                throw new EOFException("The file became shorter while it was sent");
            }
            sent += count;
        }
        return bytes.array();
    }

    private void end(Output output) {
        if (delivery.framing() == Framing.LENGTH && written < delivery.length()) {
            fail(
                    new IOException(
                            "Only " + written + " bytes came of the " + delivery.length() + " that were announced"),
                    output);
            return;
        }
        begin(0, output);
        delivery.framing().writeLast(output);
        exchange.over(delivery.stays());
    }

    private void fail(Throwable cause, Output output) {
        close();
        exchange.bodyFailed(begun, cause, output);
    }

    @Override
    public void onClosed() {
        close();
    }
}
