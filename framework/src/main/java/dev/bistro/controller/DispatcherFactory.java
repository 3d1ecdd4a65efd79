package dev.bistro.controller;

import dev.bistro.annotation.WebSocket;
import dev.bistro.assets.StaticFolder;
import dev.bistro.assets.StaticFolders;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.FormLimits;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.exception.ExceptionTable;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.http.Converter;
import dev.bistro.http.Method;
import dev.bistro.http.spi.Target;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathGuards;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the dispatcher of an application's controllers, at startup. Used once. */
public final class DispatcherFactory {
    private final Problems problems;
    private final BodyCodecs codecs;
    private final Converters converters;
    private final Optional<Development> development;
    private final List<Class<?>> exceptionHandlers = new ArrayList<>();
    private final List<Class<?>> filterClasses = new ArrayList<>();
    private WebSocketSettings socketSettings = WebSocketSettings.DEFAULTS;
    private final List<BodyCodec> ownCodecs = new ArrayList<>();
    private final List<StaticFolder> folders = new ArrayList<>();
    private JsonMessages messages = new JsonMessages();
    private Optional<Constraints> known = Optional.empty();
    private FormLimits formLimits = FormLimits.DEFAULTS;
    private Optional<RequestScope> requests = Optional.empty();
    private SlashRule slashes = SlashRule.STRICT;

    /** A factory that has bodies read and written by these codecs; what is wrong with the controllers goes to the problems. */
    public DispatcherFactory(BodyCodecs codecs, Problems problems) {
        this(codecs, false, problems);
    }

    /**
     * As the other.
     *
     * @param development whether errors tell the developer more than they may tell others
     */
    public DispatcherFactory(BodyCodecs codecs, boolean development, Problems problems) {
        this.problems = problems;
        this.codecs = codecs;
        this.converters = new Converters(problems);
        this.development = development ? Optional.of(new Development()) : Optional.empty();
    }

    /** How WebSocket sessions are treated; before {@link #create}. */
    public DispatcherFactory webSockets(WebSocketSettings settings) {
        socketSettings = settings;
        return this;
    }

    /**
     * Has parameters be converted by a converter of the user's; by any object, if there are problems and so none was made.
     *
     * @param declared what says to which type it converts: its class, or {@code Converter<Money>}
     * @param place where it was declared
     */
    public DispatcherFactory addConverter(Type declared, Converter<?> converter, Place place) {
        converters.add(declared, converter, place);
        return this;
    }

    /** Has the methods for exceptions of a class answer for all controllers. */
    public DispatcherFactory addExceptionHandlers(Class<?> type) {
        exceptionHandlers.add(type);
        return this;
    }

    /** Has a class with {@code @Filter} stand before the routes that it is for. */
    public DispatcherFactory addFilter(Class<?> type) {
        filterClasses.add(type);
        return this;
    }

    /** Has bodies be read and written by a codec of the user's too. */
    public DispatcherFactory addCodec(BodyCodec codec) {
        ownCodecs.add(codec);
        return this;
    }

    /** Has messages that others send and broadcast as JSON be written by this application's codecs too. */
    public DispatcherFactory setMessages(JsonMessages others) {
        messages = others;
        return this;
    }

    /** What finds constraints, which the caller closes; otherwise they are looked for here. */
    public DispatcherFactory setConstraints(Constraints constraints) {
        known = Optional.of(constraints);
        return this;
    }

    /** Says how large forms may be. */
    public DispatcherFactory setFormLimits(FormLimits limits) {
        formLimits = limits;
        return this;
    }

    /** Has the folders be served that the application class declares with {@code @StaticFiles}. */
    public DispatcherFactory addStaticFiles(Class<?> application) {
        folders.addAll(StaticFolders.read(application, problems));
        return this;
    }

    /** Sends clients that ask for a path with several slashes in a row to the one with single slashes. */
    public DispatcherFactory mergeSlashes() {
        slashes = SlashRule.MERGED;
        return this;
    }

    /** Has each request have its own objects, which are closed when it is answered. */
    public DispatcherFactory setRequestScope(RequestScope scope) {
        requests = Optional.of(scope);
        return this;
    }

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route} or {@code @WebSocket}
     * @param objects gives the object of each of them, and of each class that filters or has methods for exceptions
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        BodyCodecs all = codecs.with(ownCodecs);
        messages.writeBy(all);
        var errorWriter = new ErrorWriter(all);
        var binders = new BinderFactory(all, converters, formLimits, problems);
        var writers = new ResultWriterFactory(all, problems);
        var exceptions = new ExceptionHandlers(writers, problems);
        Function<ExceptionTable, ErrorMapper> mappers =
                table -> new ErrorMapper(errorWriter, development.map(known -> known), table);
        var filters =
                new FilterFactory(writers, objects, () -> mappers.apply(exceptions.table(objects)), requests, problems);
        Constraints constraints = known.orElseGet(() -> Constraints.find(problems));
        var endpoints = new EndpointFactory(binders, writers, exceptions, mappers, constraints, filters, problems);
        var sockets = new SocketFactory(binders, all, messages, filters, constraints, problems);
        exceptionHandlers.forEach(type -> Unloadable.guard(type, problems, () -> exceptions.inspectForAll(type)));
        filterClasses.forEach(type -> Unloadable.guard(type, problems, () -> filters.inspect(type)));
        requests.ifPresent(endpoints::setRequestScope);
        for (Class<?> controller : controllers) {
            boolean isSocket = controller.isAnnotationPresent(WebSocket.class);
            Unloadable.guard(controller, problems, () -> {
                if (isSocket) {
                    sockets.inspect(controller);
                } else {
                    endpoints.inspect(controller);
                }
            });
        }
        List<FolderRoute> folderRoutes = folders.stream()
                .flatMap(folder -> routes(folder, endpoints, filters))
                .toList();
        filters.checkReached();
        PathGuards guards = filters.guards();
        RouteTable.Builder<RouteTarget> table =
                RouteTable.<RouteTarget>builder(problems).guardedBy(guards);
        endpoints.addRoutes(table, objects);
        ErrorMapper errors = mappers.apply(problems.isEmpty() ? exceptions.table(objects) : ExceptionTable.EMPTY);
        sockets.addRoutes(table, socketSettings, errors, objects);
        folderRoutes.forEach(route -> route.addTo(table, guards, errors));
        RouteTable<RouteTarget> routes = table.build();
        development.ifPresent(told -> told.know(routes));
        RouteFilters unrouted = filters.ofUnrouted();
        return new Dispatcher(
                routes,
                unrouted.aroundInScope(new Unrouted(routes, slashes, errors)),
                new RouteLine(unrouted.describe(), "404, 405 or OPTIONS"),
                slashes,
                guards,
                errorWriter);
    }

    /** The files, and the folder's own path without a slash, unless a controller has that. */
    private Stream<FolderRoute> routes(StaticFolder folder, EndpointFactory endpoints, FilterFactory filters) {
        String files = folder.path() + "/{" + StaticFolder.VARIABLE + "*}";
        boolean isFilesOnly = folder.path().isEmpty() || endpoints.answersGet(folder.path());
        return (isFilesOnly ? Stream.of(files) : Stream.of(files, folder.path()))
                .flatMap(path -> PathTemplate.parse(path, folder.place(), problems).stream())
                .map(template -> new FolderRoute(folder, template, filters.of(template)));
    }

    /** A route to the files of a folder. */
    private record FolderRoute(StaticFolder folder, PathTemplate template, RouteFilters filters) {
        void addTo(RouteTable.Builder<RouteTarget> table, PathGuards guards, ErrorMapper errors) {
            var line = new RouteLine(filters.describe(), folder.place().toString());
            Target target = filters.aroundInScope(new StaticEndpoint(folder, guards, errors));
            table.add(Method.GET, template, new SingleEndpoint(target, List.of(), line), folder.place());
        }
    }
}
