package dev.bistro.controller;

import dev.bistro.binding.MethodBinder;
import dev.bistro.http.Request;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Replies;
import java.util.concurrent.CompletionStage;

/**
 * A method of a {@code @WebSocket} class, and how it is called: with what its parameters are of the opening request, which is bound once for each session,
 * and the session and the event's value in their places. Immutable.
 */
final class SocketMethod {
    private static final int NONE = -1;

    private final ResolvedMethod method;
    private final MethodBinder binder;
    private final int session;
    private final int value;
    private final MessageKind kind;
    private final ReplyWriter writer;

    /**
     * How a method is called.
     *
     * @param session the index of the parameter that takes the session, or -1
     * @param value the index of the parameter that takes the message, the reason or the fault, or -1
     * @param kind of the messages that it takes; null if it takes none
     */
    SocketMethod(
            ResolvedMethod method, MethodBinder binder, int session, int value, MessageKind kind, ReplyWriter writer) {
        this.method = method;
        this.binder = binder;
        this.session = session;
        this.value = value;
        this.kind = kind;
        this.writer = writer;
    }

    ResolvedMethod method() {
        return method;
    }

    MessageKind kind() {
        return kind;
    }

    /** The method of one object. */
    Bound of(Object socket) {
        return new Bound(this, Invoker.of(socket, method.method()));
    }

    /** A method and the object that it is called on. */
    record Bound(SocketMethod method, Invoker invoker) {
        /** The arguments that come from the request that opens a session; the others are null. */
        Object[] bind(Request request) {
            return method.binder.bind(request);
        }

        MessageKind kind() {
            return method.kind;
        }

        /** Calls it for an event, and sends what it returns; what has to be waited for, or null. */
        CompletionStage<?> call(Object[] bound, WebSocketSession session, Object value, Replies replies)
                throws Throwable {
            Object[] arguments = bound.length == 0 ? bound : bound.clone();
            if (method.session != NONE) {
                arguments[method.session] = session;
            }
            if (method.value != NONE) {
                arguments[method.value] = value;
            }
            return method.writer.write(invoker.invoke(arguments), replies);
        }
    }
}
