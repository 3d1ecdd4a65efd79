package dev.bistro.controller;

import dev.bistro.annotation.Body;
import dev.bistro.binding.BinderFactory;
import dev.bistro.body.BodyCodecs;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Optional;

/**
 * Finds, at startup, how a method of a {@code @WebSocket} class is called: which parameter takes the session, which one what the event brings, and that all
 * others come from the request that opened the session.
 */
final class SocketMethodFactory {
    private static final int NONE = -1;
    private static final String MORE_THAN_ONE_VALUE =
            "Keep one of them; or say of the other where it comes from: @PathParam, @QueryParam, @HeaderParam, @CookieParam.";

    private final BinderFactory binders;
    private final BodyCodecs codecs;
    private final Constraints constraints;
    private final Problems problems;

    SocketMethodFactory(BinderFactory binders, BodyCodecs codecs, Constraints constraints, Problems problems) {
        this.binders = binders;
        this.codecs = codecs;
        this.constraints = constraints;
        this.problems = problems;
    }

    /** Makes a method; empty if anything is wrong with it, which is a problem then. */
    Optional<SocketMethod> create(Class<?> type, Method method, SocketEvent event, PathTemplate template) {
        Parameter[] parameters = method.getParameters();
        int session = NONE;
        int value = NONE;
        int faults = problems.found().size();
        for (int i = 0; i < parameters.length; i++) {
            if (isSession(parameters[i])) {
                checkOne(parameters, session, i, "the session", "Keep one of them.");
                session = i;
            } else if (isValue(parameters[i], event, template)) {
                checkOne(parameters, value, i, "what " + event + " brings", MORE_THAN_ONE_VALUE);
                checkFault(parameters[i], event);
                value = i;
            }
        }
        Optional<MessageKind> kind = kind(method, event, value);
        var binder = binders.create(
                method,
                template.toString(),
                template.variableNames(),
                parameter -> isSession(parameter) || isValue(parameter, event, template));
        Optional<ReplyWriter> writer = writer(method, event);
        int message = event == SocketEvent.MESSAGE ? value : NONE;
        Optional<ConstraintCheck> check = constraints.of(type, method, parameter -> parameter == message);
        return problems.found().size() > faults
                ? Optional.empty()
                : Optional.of(new SocketMethod(
                        method, binder, session, value, kind.orElse(null), check, writer.orElseThrow()));
    }

    private static boolean isSession(Parameter parameter) {
        return parameter.getType() == WebSocketSession.class;
    }

    /** Whether a parameter takes what the event brings. */
    private boolean isValue(Parameter parameter, SocketEvent event, PathTemplate template) {
        return switch (event) {
            case OPEN -> false;
            case MESSAGE ->
                parameter.isAnnotationPresent(Body.class)
                        || !binders.isFromRequest(parameter, template.variableNames());
            case CLOSE -> parameter.getType() == CloseReason.class;
            case ERROR -> Throwable.class.isAssignableFrom(parameter.getType());
        };
    }

    private void checkOne(Parameter[] parameters, int first, int second, String what, String cure) {
        if (first != NONE) {
            problems.add(Problem.of("two-parameters", "Two parameters could be " + what + ".")
                    .at(Place.of(parameters[first]))
                    .at(Place.of(parameters[second]))
                    .cure(cure));
        }
    }

    private void checkFault(Parameter parameter, SocketEvent event) {
        if (event == SocketEvent.ERROR && parameter.getType() != Throwable.class) {
            problems.add(Problem.of(
                            "narrow-fault",
                            event + " is called with any fault, which may be no " + Place.name(parameter.getType())
                                    + ".")
                    .at(Place.of(parameter))
                    .cure("Take a Throwable, and look in the method what it is."));
        }
    }

    private Optional<MessageKind> kind(Method method, SocketEvent event, int value) {
        if (event != SocketEvent.MESSAGE) {
            return Optional.empty();
        }
        if (value == NONE) {
            problems.add(Problem.of("no-message", "No parameter takes the message.")
                    .at(Place.of(method))
                    .cure("Add one: String for text, byte[] for binary messages, a record for JSON."));
            return Optional.empty();
        }
        Parameter parameter = method.getParameters()[value];
        Optional<MessageKind> kind;
        try {
            kind = MessageKind.of(parameter.getParameterizedType(), codecs);
        } catch (IllegalArgumentException badDefault) {
            problems.add(Problem.of("bad-default", badDefault.getMessage())
                    .at(Place.of(parameter))
                    .cure("Write texts, times and the like as they are, and all else as JSON has it."));
            return Optional.empty();
        }
        if (kind.isEmpty()) {
            problems.add(Problem.of(
                            "unreadable-message", "No message can be read as " + Place.name(parameter.getType()) + ".")
                    .at(Place.of(parameter))
                    .cure("Take a String, a byte[], or a record with the fields of the JSON."));
        }
        return kind;
    }

    private Optional<ReplyWriter> writer(Method method, SocketEvent event) {
        Optional<ReplyWriter> writer = ReplyWriter.of(method.getGenericReturnType(), codecs);
        if (event == SocketEvent.CLOSE && method.getReturnType() != void.class) {
            problems.add(Problem.of("reply-to-nobody", "What " + event + " returns can't be sent: the session is over.")
                    .at(Place.of(method))
                    .cure("Make it void."));
        } else if (writer.isEmpty()) {
            problems.add(
                    Problem.of(
                                    "unwritable-reply",
                                    "Nothing writes " + Place.name(method.getReturnType()) + " as a message.")
                            .at(Place.of(method))
                            .cure(
                                    "Return a String, a byte[], or a value that becomes JSON: one with record components, public fields or getters."));
        }
        return writer;
    }
}
