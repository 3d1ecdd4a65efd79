package dev.bistro.websocket.protocol;

import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Takeover;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;
import dev.bistro.websocket.protocol.DeflateNegotiation.Agreement;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** What an opening handshake agreed on. It opens the session when the connection is handed over. */
record AcceptedHandshake(
        WebSocketSettings settings,
        ServerRequest request,
        Optional<String> subprotocol,
        Optional<Agreement> deflate,
        Function<Object, byte[]> json,
        SessionHandler.Factory handlers,
        ExecutionProfile profile)
        implements Takeover, ProtocolFactory {
    @Override
    public Protocol open(Connection connection) {
        MessageInflater inflater = deflate.map(
                        agreed -> new MessageInflater(agreed.clientNoContextTakeover(), connection.budget()))
                .orElse(null);
        MessageDeflater deflater = deflate.map(agreed -> new MessageDeflater(
                        agreed.serverWindowBits(), agreed.serverNoContextTakeover(), settings.minCompressedBytes()))
                .orElse(null);
        var reader =
                new MessageReader(settings.maxFrameBytes(), settings.maxMessageBytes(), inflater, connection.budget());
        Executor workers = code -> runOnWorker(connection, code);
        var queue = new SendQueue(settings.maxQueuedBytes(), connection.budget(), workers);
        var session = new Session(connection, request, subprotocol, json, deflater, queue);
        return new WebSocketConnection(
                connection,
                session,
                handlers.open(session),
                queue,
                reader,
                settings.pingInterval().toMillis(),
                profile,
                workers);
    }

    /**
     * Runs code that may wait on a thread that doesn't own the connection; when the server has stopped, on this one.
     */
    private static void runOnWorker(Connection connection, Runnable code) {
        try {
            connection.executeUnowned(code);
        } catch (RejectedExecutionException stopped) {
            code.run();
        }
    }
}
