package dev.bistro.websocket.endpoint;

import dev.bistro.annotation.Body;
import dev.bistro.binding.BinderFactory;
import dev.bistro.body.BodyCodecs;
import dev.bistro.handler.SocketEvent;
import dev.bistro.limit.DeclaredMessageLimit;
import dev.bistro.limit.LimitFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.OpenType;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.ResolvedMethod.Taken;
import dev.bistro.types.TypeNames;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * Finds out at startup how a method of a {@code @WebSocket} class is called: which parameter takes the session and
 * which the event's value. All others come from the request that opens the session.
 */
final class SocketMethodFactory {
    private static final int NONE = -1;
    private static final String MORE_THAN_ONE_VALUE =
            "Keep one of them; or say of the other where it comes from: @PathParam, @QueryParam, @HeaderParam,"
                    + " @CookieParam.";

    private final BinderFactory binders;
    private final BodyCodecs codecs;
    private final Constraints constraints;
    private final LimitFactory limits;
    private final Problems problems;

    SocketMethodFactory(
            BinderFactory binders, BodyCodecs codecs, Constraints constraints, LimitFactory limits, Problems problems) {
        this.binders = binders;
        this.codecs = codecs;
        this.constraints = constraints;
        this.limits = limits;
        this.problems = problems;
    }

    /** Makes a method; empty if anything is wrong with it, and the problems say what. */
    Optional<SocketMethod> create(ResolvedMethod method, SocketEvent event, PathTemplate template) {
        List<Taken> parameters = method.parameters();
        int session = NONE;
        int value = NONE;
        int faults = problems.found().size();
        for (int i = 0; i < parameters.size(); i++) {
            if (isSession(parameters.get(i))) {
                checkOne(parameters, session, i, "the session", "Keep one of them.");
                session = i;
            } else if (isValue(parameters.get(i), event, template)) {
                checkOne(parameters, value, i, "what " + event + " brings", MORE_THAN_ONE_VALUE);
                checkFault(parameters.get(i), event);
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
        Optional<ConstraintCheck> check = constraints.of(method, parameter -> parameter == message);
        DeclaredMessageLimit limit =
                event == SocketEvent.MESSAGE ? limits.ofMessages(method) : DeclaredMessageLimit.NONE;
        return problems.found().size() > faults
                ? Optional.empty()
                : Optional.of(new SocketMethod(
                        method, binder, session, value, kind.orElse(null), check, limit, writer.orElseThrow()));
    }

    private static boolean isSession(Taken parameter) {
        return parameter.type() == WebSocketSession.class;
    }

    /** Whether a parameter takes the event's value. */
    private boolean isValue(Taken parameter, SocketEvent event, PathTemplate template) {
        return switch (event) {
            case OPEN -> false;
            case MESSAGE ->
                parameter.parameter().isAnnotationPresent(Body.class)
                        || !binders.isFromRequest(parameter, template.variableNames());
            case CLOSE -> parameter.type() == CloseReason.class;
            case ERROR -> Throwable.class.isAssignableFrom(parameter.raw());
        };
    }

    private void checkOne(List<Taken> parameters, int first, int second, String what, String cure) {
        if (first != NONE) {
            problems.add(Problem.of("two-parameters", "Two parameters could be " + what + ".")
                    .at(Place.of(parameters.get(first).parameter()))
                    .at(Place.of(parameters.get(second).parameter()))
                    .cure(cure));
        }
    }

    private void checkFault(Taken parameter, SocketEvent event) {
        if (event == SocketEvent.ERROR && parameter.type() != Throwable.class) {
            problems.add(Problem.of(
                            "narrow-fault",
                            event + " is called with any fault, which may be no " + Place.name(parameter.raw()) + ".")
                    .at(Place.of(parameter.parameter()))
                    .cure("Take a Throwable, and look in the method what it is."));
        }
    }

    private Optional<MessageKind> kind(ResolvedMethod method, SocketEvent event, int value) {
        if (event != SocketEvent.MESSAGE) {
            return Optional.empty();
        }
        if (value == NONE) {
            problems.add(Problem.of("no-message", "No parameter takes the message.")
                    .at(Place.of(method.method()))
                    .cure("Add one: String for text, byte[] for binary messages, a record for JSON."));
            return Optional.empty();
        }
        Taken parameter = method.parameters().get(value);
        Optional<OpenType> open = OpenType.bare(parameter.type());
        if (open.isPresent()) {
            problems.add(Problem.of("open-type", open.get().what())
                    .at(Place.of(parameter.parameter()))
                    .cure(open.get().cure()));
            return Optional.empty();
        }
        Optional<MessageKind> kind;
        try {
            kind = MessageKind.of(parameter.type(), codecs);
        } catch (IllegalArgumentException badDefault) {
            problems.add(Problem.of("bad-default", badDefault.getMessage())
                    .at(Place.of(parameter.parameter()))
                    .cure("Write texts, times and the like as they are, and all else as JSON has it."));
            return Optional.empty();
        }
        if (kind.isEmpty()) {
            problems.add(Problem.of(
                            "unreadable-message", "No message can be read as " + TypeNames.of(parameter.type()) + ".")
                    .at(Place.of(parameter.parameter()))
                    .cure("Take a String, a byte[], or a record with the fields of the JSON."));
        }
        return kind;
    }

    private Optional<ReplyWriter> writer(ResolvedMethod resolved, SocketEvent event) {
        Method method = resolved.method();
        Optional<ReplyWriter> writer = ReplyWriter.of(resolved.returnType(), codecs);
        if (event == SocketEvent.CLOSE && method.getReturnType() != void.class) {
            problems.add(Problem.of("reply-to-nobody", "What " + event + " returns can't be sent: the session is over.")
                    .at(Place.of(method))
                    .cure("Make it void."));
        } else if (writer.isEmpty()) {
            problems.add(Problem.of(
                            "unwritable-reply",
                            "Nothing writes " + TypeNames.of(resolved.returnType()) + " as a message.")
                    .at(Place.of(method))
                    .cure("Return a String, a byte[], or a value that becomes JSON: one with record components,"
                            + " public fields or getters."));
        }
        return writer;
    }
}
