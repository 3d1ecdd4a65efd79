package dev.bistro.http1;

import dev.bistro.http.spi.LiveBody;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * A response whose body grows as things happen. What there is of it is made a batch at a time, of 64 KiB at the most,
 * when the client has taken the one before; then all others of the loop have their turn.
 */
final class LiveAnswer extends Production implements Answering {
    private static final int MAX_BATCH_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final Connection connection;
    private final LiveBody body;
    private final Delivery delivery;
    private boolean begun;
    private volatile boolean news; // from any thread: something has come since a batch was begun
    private volatile boolean beatIsDue;
    // the maker's:
    private boolean started;
    private boolean drained; // nothing was left after the last batch
    private volatile long heartbeatMillis;

    LiveAnswer(Exchange exchange, LiveBody body, Delivery delivery, ExecutionProfile profile) {
        super(exchange.connection(), exchange.apart(), profile);
        this.exchange = exchange;
        this.connection = exchange.connection();
        this.body = body;
        this.delivery = delivery;
    }

    // ---- what the application does

    @Override
    Batch make() {
        boolean beats = beatIsDue;
        beatIsDue = false;
        news = false;
        if (!started) {
            started = true;
            body.start(this::hasNews);
        }
        heartbeatMillis = body.heartbeatInterval().toMillis();
        var pieces = new ArrayList<byte[]>();
        boolean complete = collect(pieces);
        if (beats && !complete && pieces.isEmpty()) {
            pieces.add(body.heartbeat());
        }
        return new Batch(pieces, complete, null);
    }

    /** Collects what there is, up to the size of a batch; whether the body is complete then. */
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
                piece = body.next(); // it may have come between the two questions
                if (piece.length == 0) {
                    return true;
                }
            }
            pieces.add(piece);
            size += piece.length;
        }
        return false;
    }

    private void hasNews() {
        news = true;
        connection.wake();
    }

    @Override
    void closeBody() {
        body.close();
    }

    // ---- what the connection's owner does

    @Override
    public void onWake(Output output) {
        if (isMaking()) {
            return;
        }
        Batch batch = take();
        if (batch.fault() != null) {
            exchange.bodyFailed(begun, batch.fault(), output);
            return;
        }
        if (batch != Batch.NOTHING) {
            write(batch, output);
        }
        if (batch.isLast()) {
            end(output, true);
        } else if ((!drained || news || beatIsDue) && !output.isCongested()) {
            start();
        }
    }

    private void write(Batch batch, Output output) {
        begin(output);
        for (byte[] piece : batch.pieces()) {
            delivery.framing().write(piece, output);
        }
        connection.setDeadline(heartbeatMillis);
    }

    private void begin(Output output) {
        if (!begun) {
            begun = true;
            delivery.writeHead(output);
        }
    }

    private void end(Output output, boolean stays) {
        begin(output);
        delivery.framing().writeLast(output);
        connection.clearDeadline();
        exchange.over(stays && delivery.stays());
    }

    /** Nothing was written for so long. */
    @Override
    public void onDeadline(Output output) {
        beatIsDue = true;
        connection.setDeadline(heartbeatMillis); // for the next one, if this one doesn't come
        onWake(output);
    }

    /** What is being made is waited for: it may be what the client would miss. */
    @Override
    public void onStopping(Output output) {
        if (isMaking()) {
            return;
        }
        Batch batch = take();
        if (batch.fault() != null) {
            exchange.bodyFailed(begun, batch.fault(), output);
        } else {
            write(batch, output);
            onStopDeadline(output);
        }
    }

    @Override
    public void onStopDeadline(Output output) {
        close();
        end(output, false);
    }

    @Override
    public void onClosed() {
        close();
    }
}
