package dev.bistro.http1;

import dev.bistro.http.spi.LiveBody;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * A response whose body grows as things happen. Each batch has what there is of it, 64 KiB at the most; after it the
 * loop's other connections have their turn.
 */
final class LiveAnswer extends BatchedAnswer {
    private static final int MAX_BATCH_BYTES = 64 * 1024;

    private final LiveBody body;
    private volatile boolean hasNews; // from any thread: something has come since a batch was begun
    private volatile boolean heartbeatDue;
    // owner: the thread that makes a batch
    private boolean started;
    private boolean drained; // nothing was left after the last batch
    private volatile long heartbeatMillis;

    LiveAnswer(Exchange exchange, LiveBody body, Delivery delivery, ExecutionProfile profile) {
        super(exchange, delivery, profile);
        this.body = body;
    }

    // ---- the application's code

    @Override
    Batch makeBatch() {
        boolean beats = heartbeatDue;
        heartbeatDue = false;
        hasNews = false;
        if (!started) {
            started = true;
            body.start(this::onNews);
        }
        heartbeatMillis = body.heartbeatInterval().toMillis();
        var pieces = new ArrayList<byte[]>();
        boolean complete = collect(pieces);
        if (beats && !complete && pieces.isEmpty()) {
            pieces.add(body.heartbeat());
        }
        return new Batch(pieces, complete, null);
    }

    /** Collects what there is, up to the size of a batch; returns whether the body is complete then. */
    private boolean collect(List<byte[]> pieces) {
        int size = 0;
        drained = false;
        while (size < MAX_BATCH_BYTES) {
            byte[] piece = body.next();
            if (piece.length == 0) {
                if (!body.isComplete()) {
                    drained = true;
                    return false;
                }
                piece = body.next(); // a last piece may have come after the first look and before isComplete()
                if (piece.length == 0) {
                    return true;
                }
            }
            pieces.add(piece);
            size += piece.length;
        }
        return false;
    }

    private void onNews() {
        hasNews = true;
        connection.wake();
    }

    @Override
    void closeSource() {
        body.close();
    }

    // ---- for the connection's owner

    @Override
    void write(Batch batch, Output output) {
        if (batch != Batch.NOTHING) {
            writePieces(batch, output);
        }
        if (batch.isLast()) {
            end(output, true);
        } else if ((!drained || hasNews || heartbeatDue) && !output.isCongested()) {
            startBatch();
        }
    }

    private void writePieces(Batch batch, Output output) {
        writeHead(output);
        for (byte[] piece : batch.pieces()) {
            delivery.framing().write(piece, output);
            exchange.addBody(piece.length);
        }
        connection.setDeadline(heartbeatMillis);
    }

    private void end(Output output, boolean staysOpen) {
        connection.clearDeadline();
        writeEnd(output, staysOpen);
    }

    /** Nothing was written for the heartbeat's interval: sends one. */
    @Override
    public void onDeadline(Output output) {
        heartbeatDue = true;
        connection.setDeadline(heartbeatMillis); // for the next heartbeat, if the client doesn't take this one
        onWake(output);
    }

    /** Waits for a batch that is being made, which may have what the client would miss, and ends the body then. */
    @Override
    public void onStopping(Output output) {
        if (isMaking()) {
            return;
        }
        Batch batch = takeBatch();
        if (batch.fault() != null) {
            fail(batch.fault(), output);
        } else {
            writePieces(batch, output);
            onStopDeadline(output);
        }
    }

    @Override
    public void onStopDeadline(Output output) {
        close();
        end(output, false);
    }
}
