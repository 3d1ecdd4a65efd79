package dev.bistro.http1;

import dev.bistro.http.LiveBody;
import dev.bistro.http1.ResponseStream.Framing;
import dev.bistro.net.Connection;
import dev.bistro.net.Output;

/** A response whose body grows as things happen, written by the connection's loop whenever there is something. Belongs to the connection's owner. */
final class LiveResponse {
    private final LiveBody body;
    private final Framing framing;
    private final Connection connection;
    private boolean ended;

    LiveResponse(LiveBody body, Framing framing, Connection connection) {
        this.body = body;
        this.framing = framing;
        this.connection = connection;
    }

    void start(Output output) {
        body.start(connection::wake);
        write(output);
    }

    /** Writes what there is, as long as the client takes it; whether the body is complete then. */
    boolean write(Output output) {
        while (!ended && !output.isCongested()) {
            byte[] piece = body.next();
            if (piece.length == 0 && body.isComplete()) {
                piece = body.next(); // it may have come between the two questions
                ended = piece.length == 0;
            }
            if (piece.length == 0) {
                break;
            }
            write(piece, output);
        }
        waitForMore();
        return ended;
    }

    private void waitForMore() {
        connection.setDeadline(body.heartbeatInterval().toMillis());
    }

    /** Nothing was written for so long. */
    void beat(Output output) {
        write(body.heartbeat(), output);
        waitForMore();
    }

    private void write(byte[] piece, Output output) {
        if (framing == Framing.CHUNKED) {
            Chunks.write(piece, piece.length, output);
        } else {
            output.write(piece, 0, piece.length);
        }
    }

    /** Writes the end of the body; whether the client can tell it from what comes after. */
    boolean end(Output output) {
        close();
        if (framing == Framing.CHUNKED) {
            Chunks.writeLast(output);
        }
        return framing == Framing.CHUNKED;
    }

    void close() {
        ended = true;
        body.close();
    }
}
