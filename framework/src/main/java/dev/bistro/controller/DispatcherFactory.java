package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.access.AccessRules;
import dev.bistro.access.LoginGuards;
import dev.bistro.annotation.WebSocket;
import dev.bistro.assets.StaticFolder;
import dev.bistro.assets.StaticFolders;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.FormLimits;
import dev.bistro.description.DescribedApplication;
import dev.bistro.description.DescribedRoute;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.exception.ExceptionTable;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.Surroundings;
import dev.bistro.http.Converter;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.inject.RequestScope;
import dev.bistro.limit.LimitFactory;
import dev.bistro.limit.LimitTexts;
import dev.bistro.limit.RateStore;
import dev.bistro.limit.RouteLimits;
import dev.bistro.limit.ServerLimits;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathGuards;
import dev.bistro.routing.RouteTable;
import dev.bistro.session.state.RequestSessions;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.endpoint.JsonMessages;
import dev.bistro.websocket.endpoint.SocketEndpointFactory;
import dev.bistro.websocket.endpoint.SocketRoute;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the dispatcher of an application's controllers, at startup. Used once. */
public final class DispatcherFactory {
    private final Problems problems;
    private final BodyCodecs standardCodecs;
    private final Converters converters;
    private final Optional<DevelopmentDetails> development;
    private final List<Class<?>> exceptionHandlers = new ArrayList<>();
    private final List<Class<?>> libraryExceptionHandlers = new ArrayList<>();
    private final List<Class<?>> filterClasses = new ArrayList<>();
    private final List<BodyCodec> ownCodecs = new ArrayList<>();
    private final List<BodyCodec> unmadeCodecs = new ArrayList<>();
    private final List<StaticFolder> folders = new ArrayList<>();
    private final List<ResponseDecorator> decorators = new ArrayList<>();
    private WebSocketSettings socketSettings = WebSocketSettings.DEFAULTS;
    private JsonMessages messages = new JsonMessages();
    private Optional<Constraints> constraints = Optional.empty();
    private FormLimits formLimits = FormLimits.DEFAULTS;
    private Optional<RequestScope> requestScope = Optional.empty();
    private SlashRule slashes = SlashRule.STRICT;
    private boolean asksForCertificates = true;
    private long mostBuffered = ServerLimits.LONGEST_WHOLE;
    private RequestSessions sessions = new RequestSessions();
    private LoginGuards loginGuards = new LoginGuards();
    private LimitTexts limitTexts = (text, written, place) -> Optional.of(text);
    private boolean deniesByDefault;
    private Optional<RateStore> rateStore = Optional.empty();
    private Surroundings surroundings = Surroundings.NONE;
    private Function<Throwable, Optional<HttpException>> faults = fault -> Optional.empty();

    /** A factory with these codecs for bodies; what is wrong with the controllers is added to the problems. */
    public DispatcherFactory(BodyCodecs codecs, Problems problems) {
        this(codecs, false, problems);
    }

    /**
     * A factory with these codecs for bodies; what is wrong with the controllers is added to the problems.
     *
     * @param development whether error responses tell the developer more than others may know
     */
    public DispatcherFactory(BodyCodecs codecs, boolean development, Problems problems) {
        this.problems = problems;
        this.standardCodecs = codecs;
        this.converters = new Converters(problems);
        this.development = development ? Optional.of(new DevelopmentDetails()) : Optional.empty();
    }

    /** Sets how WebSocket sessions are treated; otherwise the defaults. */
    public DispatcherFactory setWebSockets(WebSocketSettings settings) {
        socketSettings = settings;
        return this;
    }

    /**
     * Adds a converter of parameters that the application brings; any object stands in for it if there are problems,
     * since none is made then.
     *
     * @param declared what says to which type it converts: its class, or {@code Converter<Money>}
     * @param place where it was declared
     */
    public DispatcherFactory addConverter(Type declared, Converter<?> converter, Place place) {
        converters.add(declared, converter, place);
        return this;
    }

    /** The same for one that a library brings; after all of the application, which win over it. */
    public DispatcherFactory addLibraryConverter(Type declared, Converter<?> converter, Place place) {
        converters.addOfLibrary(declared, converter, place);
        return this;
    }

    /** Adds a class with {@code @ExceptionHandler} methods that answer for all controllers. */
    public DispatcherFactory addExceptionHandlers(Class<?> type) {
        exceptionHandlers.add(type);
        return this;
    }

    /** The same for a class that a library brings: for the same exception, the application's own methods answer. */
    public DispatcherFactory addLibraryExceptionHandlers(Class<?> type) {
        libraryExceptionHandlers.add(type);
        return this;
    }

    /** Adds a class with {@code @Filter}. */
    public DispatcherFactory addFilter(Class<?> type) {
        filterClasses.add(type);
        return this;
    }

    /** Adds what is called for each answer of the server, also of those that no route is for; after those before. */
    public DispatcherFactory addDecorator(ResponseDecorator decorator) {
        decorators.add(decorator);
        return this;
    }

    /** Adds a codec of bodies that the application brings. */
    public DispatcherFactory addCodec(BodyCodec codec) {
        ownCodecs.add(codec);
        return this;
    }

    /** Adds what stands in for a codec of which no object is made. */
    public DispatcherFactory addUnmadeCodec(BodyCodec standIn) {
        unmadeCodecs.add(standIn);
        return this;
    }

    /** Sets the writer of messages that are broadcast as JSON; it is given this application's codecs. */
    public DispatcherFactory setMessages(JsonMessages writer) {
        messages = writer;
        return this;
    }

    /** Sets what finds constraints, which the caller closes; otherwise they are looked for here. */
    public DispatcherFactory setConstraints(Constraints found) {
        constraints = Optional.of(found);
        return this;
    }

    /** Sets how large forms may be; otherwise the defaults. */
    public DispatcherFactory setFormLimits(FormLimits limits) {
        formLimits = limits;
        return this;
    }

    /** Adds the folders of files that the application class declares with {@code @StaticFiles}. */
    public DispatcherFactory addStaticFiles(Class<?> application) {
        folders.addAll(StaticFolders.read(application, problems));
        return this;
    }

    /** Sends clients that ask for a path with several slashes in a row to the one with single slashes. */
    public DispatcherFactory mergeSlashes() {
        slashes = SlashRule.MERGED;
        return this;
    }

    /** Says that no client is asked for a certificate, so that whatever needs one is a problem. */
    public DispatcherFactory withoutClientCertificates() {
        asksForCertificates = false;
        return this;
    }

    /** Sets how long a body that is read as a whole may be in any case; otherwise as long as an array can be. */
    public DispatcherFactory setMostBuffered(long bytes) {
        mostBuffered = Math.min(bytes, ServerLimits.LONGEST_WHOLE);
        return this;
    }

    /** Sets what instances count rates by together; otherwise each counts for itself. */
    public DispatcherFactory setRateStore(RateStore shared) {
        rateStore = Optional.of(shared);
        return this;
    }

    /** Sets what replaces placeholders in the texts of limits; otherwise they are taken as they are written. */
    public DispatcherFactory setLimitTexts(LimitTexts texts) {
        limitTexts = texts;
        return this;
    }

    private ServerLimits serverLimits() {
        return new ServerLimits(mostBuffered, formLimits.maxTextBytes(), formLimits.maxFormBytes());
    }

    /** Sets what gives requests their sessions; it is given this application's codecs. Otherwise they have none. */
    public DispatcherFactory setSessions(RequestSessions source) {
        sessions = source;
        decorators.add(source);
        return this;
    }

    /** Sets what makes the guards of routes that aren't for everybody; otherwise nobody can log in. */
    public DispatcherFactory setGuards(LoginGuards made) {
        loginGuards = made;
        return this;
    }

    /** Says that a route needs a login if nothing says who may call it. */
    public DispatcherFactory denyByDefault() {
        deniesByDefault = true;
        return this;
    }

    /** Sets what runs around methods that answer requests; otherwise nothing does. */
    public DispatcherFactory setSurroundings(Surroundings found) {
        surroundings = found;
        return this;
    }

    /**
     * Sets what says of exceptions without a method of the application's what a client is told; otherwise all but
     * {@link HttpException} are a 500.
     */
    public DispatcherFactory setFaults(Function<Throwable, Optional<HttpException>> answers) {
        faults = answers;
        return this;
    }

    /** Gives each request its own request-scoped objects, which are closed after its response. */
    public DispatcherFactory setRequestScope(RequestScope scope) {
        requestScope = Optional.of(scope);
        return this;
    }

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route} or {@code @WebSocket}
     * @param objects gives the object of each of them, and of each class that filters or has methods for exceptions
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        BodyCodecs codecs = standardCodecs.with(ownCodecs).orElse(unmadeCodecs);
        messages.writeBy(codecs);
        sessions.writeBy(codecs);
        var binders = new BinderFactory(
                codecs, converters, formLimits, asksForCertificates, surroundings.parameters(), problems);
        var writers = new ResultWriterFactory(codecs, problems);
        var errorWriter = new ErrorWriter(codecs);
        var exceptions = new ExceptionHandlers(writers, problems);
        Function<ExceptionTable, ErrorMapper> mapper =
                table -> new ErrorMapper(errorWriter, development.map(details -> details), table, faults);
        var filters = new FilterFactory(
                writers, objects, () -> mapper.apply(exceptions.table(objects)), requestScope, problems);

        var limits = new LimitFactory(
                serverLimits(), loginGuards.execution(), objects, errorWriter::write, limitTexts, rateStore, problems);

        // 1. looks at the classes
        Constraints known = constraints.orElseGet(() -> Constraints.find(problems));
        var rules = new AccessRules(deniesByDefault, problems);
        var inspector = new ControllerInspector(
                binders, writers, exceptions, known, filters, limits, rules, loginGuards, surroundings, problems);
        var sockets = new SocketEndpointFactory(
                binders, codecs, messages, filters, rules, loginGuards, known, limits, problems);
        var files = new StaticRoutes(filters, rules, loginGuards, problems);
        inspectAll(exceptionHandlers, exceptions::inspectForAll);
        inspectAll(libraryExceptionHandlers, exceptions::inspectOfLibrary);
        inspectAll(filterClasses, filters::inspect);
        var certificates = new ClientCertificateAudit(asksForCertificates, problems);
        inspectAll(controllers, type -> {
            certificates.check(type);
            if (type.isAnnotationPresent(WebSocket.class)) {
                sockets.inspect(type);
                limits.checkSocket(type);
            } else {
                inspector.inspect(type);
            }
        });
        folders.forEach(folder -> files.inspect(folder, inspector.handlers()));
        if (binders.hasSessions()) {
            loginGuards.useSessions();
        }
        filters.checkReached();
        rules.checkReachable(loginGuards.canLogIn() || filters.hasAny() || asksForCertificates);

        // 2. makes the routes, with the objects
        PathGuards guards = filters.guards();
        RouteTable.Builder<RouteTarget> table =
                RouteTable.<RouteTarget>builder(problems).guardedBy(guards);
        new EndpointFactory(
                        objects,
                        type -> mapper.apply(exceptions.table(type, objects)),
                        filters,
                        limits,
                        loginGuards,
                        problems)
                .addRoutes(inspector.handlers(), table);
        ErrorMapper errors = mapper.apply(problems.allowObjects() ? exceptions.table(objects) : ExceptionTable.EMPTY);
        List<SocketRoute> socketRoutes = sockets.routes(socketSettings, errors, objects);
        for (SocketRoute route : socketRoutes) {
            RouteLimits limited = limits.ofClass(route.declared());
            RouteFilters around = route.filters().with(limited.links());
            RouteTarget target = route.endpoint()
                    .map(endpoint -> SingleEndpoint.filtered(
                                    endpoint, around, route.access(), route.place(), route.declared())
                            .behind(limited::before))
                    .orElse(null);
            table.add(Method.GET, route.template(), target, route.place());
        }
        files.addRoutes(table, guards, errors);
        RouteFilters unrouted = filters.ofUnrouted();
        Supplier<DescribedApplication> described = () -> describe(
                Stream.of(
                        EndpointFactory.describe(inspector.handlers(), exceptions::describe),
                        socketRoutes.stream()
                                .map(route -> SocketDescription.of(route, limits.ofClass(route.declared()))),
                        files.describe()),
                unrouted);
        return dispatcher(table.build(), guards, unrouted, described, errors, errorWriter);
    }

    private void inspectAll(Collection<Class<?>> types, Consumer<Class<?>> inspection) {
        types.forEach(type -> Unloadable.guard(type, problems, () -> inspection.accept(type)));
    }

    private Dispatcher dispatcher(
            RouteTable<RouteTarget> routes,
            PathGuards guards,
            RouteFilters unrouted,
            Supplier<DescribedApplication> described,
            ErrorMapper errors,
            ErrorWriter errorWriter) {
        development.ifPresent(details -> details.setRoutes(routes));
        return new Dispatcher(
                routes,
                unrouted.aroundInScope(new UnroutedTarget(routes, slashes, errors)),
                new RouteDescription(AccessRule.ANYBODY, unrouted.names(), "404, 405 or OPTIONS"),
                slashes,
                guards,
                errorWriter,
                decorators,
                loginGuards.logins(),
                sessions,
                described);
    }

    private DescribedApplication describe(Stream<Stream<DescribedRoute>> routes, RouteFilters unrouted) {
        return new DescribedApplication(
                routes.flatMap(each -> each)
                        .sorted(Comparator.<DescribedRoute, String>comparing(
                                        route -> route.path().template())
                                .thenComparing(route -> route.method().name())
                                .thenComparing(DescribedRoute::place))
                        .toList(),
                problems.allowObjects() ? loginGuards.challenges() : List.of(),
                unrouted.describe());
    }
}
