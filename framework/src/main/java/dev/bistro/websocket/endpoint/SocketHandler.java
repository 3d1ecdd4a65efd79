package dev.bistro.websocket.endpoint;

import dev.bistro.http.AcceptLanguage;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Message;
import dev.bistro.websocket.protocol.Replies;
import dev.bistro.websocket.protocol.SessionHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the methods of a {@code @WebSocket} object for one session, and handles their faults. */
final class SocketHandler implements SessionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

    private static final CompletionStage<Object> DONE = CompletableFuture.completedStage(null);

    private final SocketMethods methods;
    private final Arguments arguments;
    private final WebSocketSession session;

    /**
     * What comes from the request that opens a session.
     *
     * @param open the arguments of that method, and so on
     * @param languages that the client prefers
     */
    record Arguments(
            Object[] open, Object[] text, Object[] binary, Object[] close, Object[] error, List<String> languages) {
        /**
         * Binds them all.
         *
         * @throws HttpException if the request lacks what one of the methods needs
         */
        static Arguments of(SocketMethods methods, Request request) {
            return new Arguments(
                    bind(methods.open(), request),
                    bind(methods.text(), request),
                    bind(methods.binary(), request),
                    bind(methods.close(), request),
                    bind(methods.error(), request),
                    AcceptLanguage.of(request).tags());
        }

        private static Object[] bind(SocketMethod.Bound method, Request request) {
            return method == null ? null : method.bind(request);
        }
    }

    SocketHandler(SocketMethods methods, Arguments arguments, WebSocketSession session) {
        this.methods = methods;
        this.arguments = arguments;
        this.session = session;
    }

    @Override
    public CompletionStage<?> onOpen(Replies replies) {
        return call(methods.open(), arguments.open, null, replies, CloseReason.INTERNAL_ERROR);
    }

    @Override
    public CompletionStage<?> onMessage(Message message, Replies replies) {
        SocketMethod.Bound method = message.isText() ? methods.text() : methods.binary();
        if (method == null) {
            String kind = message.isText() ? "Text" : "Binary";
            session.close(CloseReason.UNSUPPORTED_DATA, kind + " messages aren't handled here.");
            return null;
        }
        try {
            Optional<HttpException> tooMany = method.limit().refusal(session.request());
            if (tooMany.isPresent()) {
                return failed(tooMany.get(), replies, CloseReason.POLICY_VIOLATION);
            }
        } catch (RuntimeException | Error ofKey) {
            return failed(ofKey, replies, CloseReason.POLICY_VIOLATION);
        }
        Object[] bound = message.isText() ? arguments.text : arguments.binary;
        Object value;
        try {
            value = method.read(message.bytes(), bound, arguments.languages);
        } catch (RuntimeException | Error unreadable) {
            return failed(unreadable, replies, CloseReason.INVALID_DATA);
        }
        return call(method, bound, value, replies, CloseReason.POLICY_VIOLATION);
    }

    @Override
    public void onClose(CloseReason reason) {
        if (methods.close() != null) {
            try {
                methods.close().call(arguments.close, session, reason, null);
            } catch (Throwable fault) {
                LOG.error("[{}] @OnClose failed", session.id(), fault);
            }
        }
    }

    private CompletionStage<?> call(
            SocketMethod.Bound method, Object[] bound, Object value, Replies replies, int clientsFault) {
        if (method == null) {
            return null;
        }
        try {
            CompletionStage<?> later = method.call(bound, session, value, replies);
            return later == null ? null : orFailed(later, fault -> failed(fault, replies, clientsFault));
        } catch (Throwable fault) {
            return failed(fault, replies, clientsFault);
        }
    }

    /** A stage that is done when the given one is, and if that fails, when its fault has been handled. */
    private static CompletionStage<?> orFailed(
            CompletionStage<?> later, Function<Throwable, CompletionStage<?>> whenFailed) {
        return later.handle((value, fault) -> fault == null ? null : whenFailed.apply(cause(fault)))
                .thenCompose(rest -> rest == null ? DONE : rest.thenApply(any -> (Object) null));
    }

    private static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    // ---- faults

    /**
     * Calls the {@code @OnError} method. If there is none, or it fails too, the session is closed; likewise if
     * {@code @OnOpen} failed.
     */
    private CompletionStage<?> failed(Throwable fault, Replies replies, int clientsFault) {
        CompletionStage<?> later = null;
        if (methods.error() == null) {
            close(fault, clientsFault);
        } else {
            try {
                later = methods.error().call(arguments.error, session, fault, replies);
                later = later == null ? null : orFailed(later, second -> close(second, clientsFault));
            } catch (Throwable second) {
                close(second, clientsFault);
            }
        }
        if (clientsFault == CloseReason.INTERNAL_ERROR) {
            session.close(CloseReason.INTERNAL_ERROR, "The server failed.");
        }
        return later;
    }

    private CompletionStage<?> close(Throwable fault, int clientsFault) {
        if (fault instanceof HttpException known && known.status().code() < 500) {
            LOG.debug("[{}] {}", session.id(), known.detail());
            CloseReason reason = CloseReason.cut(clientsFault, known.detail());
            session.close(reason.code(), reason.text());
        } else {
            LOG.error("[{}] A method of a WebSocket failed", session.id(), fault);
            session.close(CloseReason.INTERNAL_ERROR, "The server failed.");
        }
        return null;
    }
}
