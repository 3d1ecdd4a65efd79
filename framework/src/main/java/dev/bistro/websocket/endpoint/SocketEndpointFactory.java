package dev.bistro.websocket.endpoint;

import dev.bistro.access.AccessRule;
import dev.bistro.access.AccessRules;
import dev.bistro.access.LoginGuards;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.binding.BinderFactory;
import dev.bistro.body.BodyCodecs;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedMessage;
import dev.bistro.description.DescribedParameter;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.AccessAnnotations;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Executions;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.handler.OverrideAudit;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.handler.SocketEvent;
import dev.bistro.http.MediaType;
import dev.bistro.http.Tokens;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http.spi.Target.Traits;
import dev.bistro.limit.LimitFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.protocol.OpeningHandshake;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes endpoints of {@code @WebSocket} classes. Used at startup, in two steps: {@link #inspect} looks at the classes
 * and finds what is wrong, before an object is made; {@link #routes} makes the endpoints with the objects.
 */
public final class SocketEndpointFactory {
    private static final String WHAT = "A method that answers requests";

    private final SocketMethodFactory methodFactory;
    private final BodyCodecs codecs;
    private final Function<Object, byte[]> json;
    private final FilterFactory filters;
    private final AccessRules rules;
    private final LoginGuards guards;
    private final Problems problems;
    private final List<Socket> sockets = new ArrayList<>();

    /** A class with its methods by the event that they are called for. */
    private record Socket(
            Class<?> type,
            PathTemplate template,
            DeclaredRoute route,
            Map<SocketEvent, List<SocketMethod>> methods,
            AccessRule access,
            RouteFilters filters) {}

    public SocketEndpointFactory(
            BinderFactory binders,
            BodyCodecs codecs,
            Function<Object, byte[]> json,
            FilterFactory filters,
            AccessRules rules,
            LoginGuards guards,
            Constraints constraints,
            LimitFactory limits,
            Problems problems) {
        this.methodFactory = new SocketMethodFactory(binders, codecs, constraints, limits, problems);
        this.codecs = codecs;
        this.json = json;
        this.filters = filters;
        this.rules = rules;
        this.guards = guards;
        this.problems = problems;
    }

    // ---- looking at a class

    /** Finds the methods of a class. */
    public void inspect(Class<?> type) {
        WebSocket annotation = type.getAnnotation(WebSocket.class);
        Place place = Place.of(type);
        checkSubprotocols(annotation, place);
        if (type.isAnnotationPresent(Route.class)) {
            problems.add(Problem.of("two-kinds-of-endpoint", Place.name(type) + " has @Route and @WebSocket.")
                    .at(place)
                    .cure("Make two classes of it: a controller, and one for the sessions."));
        }
        Optional<PathTemplate> template =
                PathTemplate.parse(PathTemplate.join("", annotation.value()), place, problems);
        if (template.isPresent()) {
            inspect(type, template.get());
        }
    }

    private void checkSubprotocols(WebSocket annotation, Place place) {
        for (String name : annotation.subprotocols()) {
            if (!Tokens.isToken(name)) {
                problems.add(Problem.of("bad-subprotocol", "\"" + name + "\" is no name for a subprotocol.")
                        .at(place)
                        .cure("A name has letters, digits and !#$%&'*+-.^_`|~ only (RFC 6455, section 4.1)."));
            }
        }
    }

    private void inspect(Class<?> type, PathTemplate template) {
        var methods = new EnumMap<SocketEvent, List<SocketMethod>>(SocketEvent.class);
        boolean isEmpty = true;
        List<ResolvedMethod> all = ResolvedMethod.allOf(type);
        var audit = new OverrideAudit(problems);
        audit.check(all);
        for (ResolvedMethod method : all) {
            checkFiltered(method.method());
            for (SocketEvent event : SocketEvent.of(method.method())) {
                isEmpty &= event != SocketEvent.MESSAGE;
                if (HandlerAudit.isCallable(method.method(), WHAT, "the controller", problems)
                        && HandlerAudit.isKnown(method, problems)) {
                    audit.checkParameters(method, event == SocketEvent.MESSAGE);
                    Optional<SocketMethod> found = methodFactory.create(method, event, template);
                    if (found.isPresent()) {
                        methods.computeIfAbsent(event, first -> new ArrayList<>())
                                .add(found.get());
                    }
                }
            }
        }
        if (isEmpty) {
            problems.add(Problem.of("no-message-handler", Place.name(type) + " has no method that takes messages.")
                    .at(Place.of(type))
                    .cure("Write @OnMessage on a method such as:"
                            + " void message(WebSocketSession session, String text)."));
        }
        methods.forEach(this::checkDistinct);
        DeclaredRoute route = DeclaredRoute.ofSocket(template.toString(), type);
        rules.check(type);
        boolean takesLogin = false;
        boolean asks = false;
        for (SocketMethod method : joined(methods)) {
            takesLogin |= method.takesLogin();
            asks |= method.asksForLogin();
        }
        AccessRule access = rules.of(route, takesLogin, Place.of(type));
        RouteFilters around = filters.of(template, route::carries).guardedBy(guards.of(access, asks));
        sockets.add(new Socket(type, template, route, methods, access, around));
    }

    /**
     * Reports annotations of filters, and of who may call, on a method: a filter sees only the handshake, and none of
     * the messages.
     */
    private void checkFiltered(Method method) {
        RouteAnnotations written = RouteAnnotations.on(method);
        var misplaced = new ArrayList<Class<? extends Annotation>>(filters.annotations());
        misplaced.removeIf(annotation -> !written.contains(annotation));
        for (Annotation annotation : written.nearest(AccessAnnotations::isOne)) {
            misplaced.add(annotation.annotationType());
        }
        for (Class<? extends Annotation> annotation : misplaced) {
            String name = "@" + Place.name(annotation);
            problems.add(Problem.of(
                            "misplaced-binding",
                            name + " is on a method of a WebSocket, but filters see the handshake only.")
                    .at(Place.of(method))
                    .cure("Write " + name + " on the class."));
        }
    }

    /** Reports two methods for the same event; for messages, two for the same kind. */
    private void checkDistinct(SocketEvent event, List<SocketMethod> methods) {
        for (int i = 1; i < methods.size(); i++) {
            for (SocketMethod other : methods.subList(0, i)) {
                MessageKind kind = methods.get(i).kind();
                if (event != SocketEvent.MESSAGE
                        || kind.isText() == other.kind().isText()) {
                    String what =
                            event == SocketEvent.MESSAGE ? event + " for " + kind + " messages" : event.toString();
                    String cure = event == SocketEvent.MESSAGE
                            ? "JSON comes as text, too: one method takes all text messages, and one all binary ones."
                            : "Keep one of them.";
                    problems.add(Problem.of("two-socket-methods", "Two methods have " + what + ".")
                            .at(Place.of(other.method().method()))
                            .at(Place.of(methods.get(i).method().method()))
                            .cure(cure));
                }
            }
        }
    }

    // ---- making the endpoints

    /** The routes to the classes; without endpoints if anything is wrong, since no object is made then. */
    public List<SocketRoute> routes(
            WebSocketSettings settings, ErrorMapper errors, Function<Class<?>, Object> objects) {
        var routes = new ArrayList<SocketRoute>();
        for (Socket socket : sockets) {
            routes.add(new SocketRoute(
                    socket.template,
                    Place.of(socket.type),
                    socket.route,
                    socket.access,
                    socket.filters,
                    execution(socket),
                    describe(socket),
                    describeErrors(socket),
                    describeMessages(socket),
                    problems.allowObjects()
                            ? Optional.of(endpoint(socket, settings, errors, objects.apply(socket.type)))
                            : Optional.empty()));
        }
        return routes;
    }

    /** What its methods take from the opening request. */
    private static List<DescribedParameter> describe(Socket socket) {
        var described = new LinkedHashSet<DescribedParameter>();
        for (SocketMethod method : joined(socket.methods)) {
            described.addAll(method.describe());
        }
        return List.copyOf(described);
    }

    private static List<DescribedError> describeErrors(Socket socket) {
        var described = new ArrayList<DescribedError>();
        for (SocketMethod method : joined(socket.methods)) {
            described.addAll(method.describeErrors());
        }
        return described;
    }

    private List<DescribedMessage> describeMessages(Socket socket) {
        var received = new LinkedHashSet<DescribedMessage>();
        var replies = new LinkedHashSet<DescribedMessage>();
        for (SocketMethod method : joined(socket.methods)) {
            if (method.messageType().isPresent()) {
                received.add(new DescribedMessage(true, method.messageType().get(), false));
            }
            if (method.replyType().isPresent()) {
                Type type = method.replyType().get();
                replies.add(new DescribedMessage(false, type, codecs.isBrought(type, MediaType.JSON)));
            }
        }
        received.addAll(replies);
        return List.copyOf(received);
    }

    private static List<SocketMethod> joined(Map<SocketEvent, List<SocketMethod>> methods) {
        var joined = new ArrayList<SocketMethod>();
        for (List<SocketMethod> ofEvent : methods.values()) {
            joined.addAll(ofEvent);
        }
        return joined;
    }

    private Target endpoint(Socket socket, WebSocketSettings settings, ErrorMapper errors, Object object) {
        String name = Place.of(socket.type).text();
        List<String> subprotocols =
                List.of(socket.type.getAnnotation(WebSocket.class).subprotocols());
        var handshake = new OpeningHandshake(
                settings, subprotocols, new Traits(name, execution(socket), BodyUse.IGNORED), json);
        var methods = new SocketMethods(
                bound(socket, SocketEvent.OPEN, object),
                message(socket, true, object),
                message(socket, false, object),
                bound(socket, SocketEvent.CLOSE, object),
                bound(socket, SocketEvent.ERROR, object));
        return new SocketEndpoint(name, handshake, methods, errors);
    }

    private static SocketMethod.Bound bound(Socket socket, SocketEvent event, Object object) {
        List<SocketMethod> methods = socket.methods.getOrDefault(event, List.of());
        return methods.isEmpty() ? null : methods.get(0).of(object);
    }

    private static SocketMethod.Bound message(Socket socket, boolean isText, Object object) {
        for (SocketMethod method : socket.methods.getOrDefault(SocketEvent.MESSAGE, List.of())) {
            if (method.kind().isText() == isText) {
                return method.of(object);
            }
        }
        return null;
    }

    /**
     * How the methods of a session are run. They run one after the other, so one that waits holds up the others: if one
     * is blocking, all are.
     */
    private static Execution execution(Socket socket) {
        var executions = new ArrayList<Execution>();
        for (SocketMethod method : joined(socket.methods)) {
            executions.add(method.execution());
        }
        return Executions.together(executions);
    }
}
