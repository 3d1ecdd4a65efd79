package dev.bistro.websocket.endpoint;

import dev.bistro.binding.MethodBinder;
import dev.bistro.binding.ValidatingBinder;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.handler.Executions;
import dev.bistro.handler.Invoker;
import dev.bistro.http.AcceptLanguage;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.http.spi.Execution;
import dev.bistro.limit.DeclaredMessageLimit;
import dev.bistro.limit.MessageLimit;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.Types;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Replies;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A method of a {@code @WebSocket} class and how its arguments are found: those of the opening request are bound once
 * for each session; the session and the event's value are put in for each call. Immutable.
 */
final class SocketMethod {
    private static final int NONE = -1;

    private final ResolvedMethod method;
    private final MethodBinder binder;
    private final int session;
    private final int value;
    private final MessageKind kind;
    private final Optional<ConstraintCheck> constraints;
    private final DeclaredMessageLimit limit;
    private final ReplyWriter writer;
    private final Object absent;

    /**
     * Of a checked method.
     *
     * @param session the index of the parameter that takes the session, or -1
     * @param value the index of the parameter that takes the message, the reason or the fault, or -1
     * @param kind of the messages that it takes; null if it takes none
     * @param constraints on what it takes, if there are any
     * @param limit what counts its messages; made only if nothing is wrong
     */
    SocketMethod(
            ResolvedMethod method,
            MethodBinder binder,
            int session,
            int value,
            MessageKind kind,
            Optional<ConstraintCheck> constraints,
            DeclaredMessageLimit limit,
            ReplyWriter writer) {
        this.method = method;
        this.binder = binder;
        this.session = session;
        this.value = value;
        this.kind = kind;
        this.constraints = constraints;
        this.limit = limit;
        this.writer = writer;
        this.absent = value == NONE ? null : absent(method.method().getParameterTypes()[value]);
    }

    /** The argument for a message that isn't there yet: null, or zero for a primitive. */
    private static Object absent(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    ResolvedMethod method() {
        return method;
    }

    /** Whether a parameter is the login of the opening request, or its principal. */
    boolean takesLogin() {
        return binder.takesLogin();
    }

    /** Whether a parameter is the login of the opening request, if it had one. */
    boolean asksForLogin() {
        return binder.asksForLogin();
    }

    /** How it runs, with the count of its messages. */
    Execution execution() {
        return Executions.together(List.of(Executions.of(method), limit.execution()));
    }

    MessageKind kind() {
        return kind;
    }

    /** What it takes from the opening request. */
    List<DescribedParameter> describe() {
        return binder.describe(constraints);
    }

    /** What a message is read as; empty if it takes none. */
    Optional<Type> messageType() {
        return kind == null || value == NONE
                ? Optional.empty()
                : Optional.of(method.parameters().get(value).type());
    }

    /** What is sent of what it returns, perhaps later; empty if nothing is. */
    Optional<Type> replyType() {
        Type type = method.returnType();
        while (Types.raw(type) == CompletionStage.class) {
            type = Types.argument(type);
        }
        return Types.raw(type) == void.class || Types.raw(type) == Void.class ? Optional.empty() : Optional.of(type);
    }

    /** What opening requests are answered with that it can't be called for. */
    List<DescribedError> describeErrors() {
        return binder.describeErrors();
    }

    /** The method, bound to an object. */
    Bound of(Object socket) {
        constraints.ifPresent(check -> check.tryOut(socket));
        return new Bound(
                this, socket, Invoker.of(socket, method.method()), limit.made().get());
    }

    /** A method, and the object that it is called on. */
    record Bound(SocketMethod method, Object socket, Invoker invoker, MessageLimit limit) {
        /**
         * Binds the arguments that come from the request that opens a session; the others are null.
         *
         * @throws HttpException if one of them is missing in the request, or not valid
         */
        Object[] bind(Request request) {
            Object[] bound = method.binder.bind(request);
            if (method.constraints.isPresent()) {
                ConstraintCheck check = method.constraints.get();
                List<String> languages = AcceptLanguage.of(request).tags();
                List<InvalidValue> errors = check.check(socket, withoutMessage(bound), languages).stream()
                        .filter(one -> one.parameter() != method.session && one.parameter() != method.value)
                        .map(one -> method.binder.invalid(request, one))
                        .toList();
                if (!errors.isEmpty()) {
                    throw ValidatingBinder.invalid(errors, check.language(languages));
                }
            }
            return bound;
        }

        private Object[] withoutMessage(Object[] bound) {
            Object[] arguments = bound.clone();
            if (method.value != NONE) {
                arguments[method.value] = method.absent;
            }
            return arguments;
        }

        /**
         * Reads a message.
         *
         * @param languages that the client prefers
         * @throws HttpException if it can't be read, or is not valid
         */
        Object read(byte[] message, Object[] bound, List<String> languages) {
            if (method.constraints.isEmpty()) {
                return method.kind.read(message);
            }
            ConstraintCheck check = method.constraints.get();
            Object value;
            try {
                value = method.kind.read(message);
            } catch (UnfitBodyException unfit) {
                throw ValidatingBinder.withViolations(unfit, method.kind.reader(), method.value, check, languages);
            }
            Object[] arguments = withoutMessage(bound);
            arguments[method.value] = value;
            List<InvalidValue> errors = check.check(socket, arguments, languages).stream()
                    .filter(one -> one.parameter() == method.value)
                    .map(one -> ValidatingBinder.inBody("", method.kind.reader(), one))
                    .toList();
            if (!errors.isEmpty()) {
                throw UnfitBodyException.of(errors);
            }
            return value;
        }

        /** Calls it for an event, and sends what it returns. Returns a stage to wait for, or null. */
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
