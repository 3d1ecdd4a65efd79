package dev.bistro.websocket.endpoint;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.websocket.protocol.OpeningHandshake;
import dev.bistro.websocket.protocol.SessionHandler;

/** A {@code @WebSocket} object, ready to accept sessions. Immutable. */
final class SocketEndpoint implements Target {
    private final OpeningHandshake handshake;
    private final SocketMethods methods;
    private final ErrorMapper errors;
    private final Traits traits;

    SocketEndpoint(String name, OpeningHandshake handshake, SocketMethods methods, ErrorMapper errors) {
        this.handshake = handshake;
        this.methods = methods;
        this.errors = errors;
        this.traits = new Traits(name, Execution.ADAPTIVE, BodyUse.IGNORED);
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            return handshake.accept(request, () -> handlers(request));
        } catch (RuntimeException fault) {
            return errors.map(request, fault);
        }
    }

    private SessionHandler.Factory handlers(ServerRequest request) {
        var arguments = SocketHandler.Arguments.of(methods, request);
        return session -> new SocketHandler(methods, arguments, session);
    }

    /** Of the handshake; the methods of sessions have their own. */
    @Override
    public Traits traits() {
        return traits;
    }
}
