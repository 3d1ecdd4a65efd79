package dev.bistro.websocket.protocol;

import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Takeover;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;
import dev.bistro.websocket.protocol.DeflateOffers.Agreement;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** What a handshake has agreed on: begins the session, once the connection is handed over. */
record SessionStart(
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
        Inflation inflation = deflate.map(agreed -> new Inflation(agreed.clientForgets(), connection.budget()))
                .orElse(null);
        Deflation deflation = deflate.map(agreed -> new Deflation(
                        new Compressors(agreed.serverWindowBits()),
                        agreed.serverForgets(),
                        settings.minCompressedBytes()))
                .orElse(null);
        var reader =
                new MessageReader(settings.maxFrameBytes(), settings.maxMessageBytes(), inflation, connection.budget());
        Executor apart = code -> runApart(connection, code);
        var outbox = new Outbox(settings.maxQueuedBytes(), connection.budget(), apart);
        var session = new Session(connection, request, subprotocol, json, deflation, outbox);
        return new WebSocketConnection(
                connection,
                session,
                handlers.open(session),
                outbox,
                reader,
                settings.pingInterval().toMillis(),
                profile,
                apart);
    }

    /** On a thread of its own; when the server has stopped, on this one. */
    private static void runApart(Connection connection, Runnable code) {
        try {
            connection.executeUnowned(code);
        } catch (RejectedExecutionException stopped) {
            code.run();
        }
    }
}
