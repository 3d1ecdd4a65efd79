package dev.bistro.controller;

import dev.bistro.annotation.WebSocket;
import dev.bistro.assets.StaticFolder;
import dev.bistro.assets.StaticFolders;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.FormLimits;
import dev.bistro.http.Converter;
import dev.bistro.http.Method;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the dispatcher of an application's controllers, at startup. Used once. */
public final class DispatcherFactory {
    private final Problems problems;
    private final BodyCodecs codecs;
    private final Converters converters;
    private final Optional<Development> development;
    private final List<Class<?>> exceptionHandlers = new ArrayList<>();
    private WebSocketSettings socketSettings = WebSocketSettings.DEFAULTS;
    private final List<BodyCodec> ownCodecs = new ArrayList<>();
    private final List<StaticFolder> folders = new ArrayList<>();
    private FormLimits formLimits = FormLimits.DEFAULTS;
    private Optional<RequestScope> requests = Optional.empty();

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

    /** Has parameters be converted by a converter of the user's. */
    public DispatcherFactory addConverter(Converter<?> converter) {
        return addConverter(converter.getClass(), converter);
    }

    /** Has parameters be converted by a converter of the user's class; by any object, if there are problems and so none of the class was made. */
    public DispatcherFactory addConverter(Class<?> type, Converter<?> converter) {
        converters.add(type, converter, Place.of(type));
        return this;
    }

    /** Has the methods for exceptions of a class answer for all controllers. */
    public DispatcherFactory addExceptionHandlers(Class<?> type) {
        exceptionHandlers.add(type);
        return this;
    }

    /** Has bodies be read and written by a codec of the user's too. */
    public DispatcherFactory addCodec(BodyCodec codec) {
        ownCodecs.add(codec);
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

    /** Has each request have its own objects, which are closed when it is answered. */
    public DispatcherFactory setRequestScope(RequestScope scope) {
        requests = Optional.of(scope);
        return this;
    }

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route} or {@code @WebSocket}
     * @param objects gives the object of each of them, and of each class with methods for exceptions
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        BodyCodecs all = codecs.with(ownCodecs);
        var errorWriter = new ErrorWriter(all);
        var binders = new BinderFactory(all, converters, formLimits, problems);
        var writers = new ResultWriterFactory(all, problems);
        var exceptions = new ExceptionHandlers(writers, problems);
        Function<ExceptionTable, ErrorMapper> mappers = table -> new ErrorMapper(errorWriter, development, table);
        var endpoints =
                new EndpointFactory(binders, writers, exceptions, mappers, Constraints.find(problems), problems);
        var sockets = new SocketFactory(binders, all, new JsonMessages(() -> all), problems);
        exceptionHandlers.forEach(type -> Unloadable.guard(type, problems, () -> exceptions.inspectForAll(type)));
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
        RouteTable.Builder<RouteTarget> table = RouteTable.builder(problems);
        endpoints.addRoutes(table, objects);
        ErrorMapper errors = mappers.apply(problems.isEmpty() ? exceptions.table(objects) : ExceptionTable.EMPTY);
        sockets.addRoutes(table, socketSettings, errors, objects);
        folders.forEach(folder -> add(folder, endpoints, errors, table));
        RouteTable<RouteTarget> routes = table.build();
        development.ifPresent(known -> known.know(routes));
        return new Dispatcher(routes, new Unrouted(routes, errors), errorWriter);
    }

    /** The files, and the folder's own path without a slash, unless a controller has that. */
    private static void add(
            StaticFolder folder, EndpointFactory endpoints, ErrorMapper errors, RouteTable.Builder<RouteTarget> table) {
        var target = new SingleEndpoint(
                new StaticEndpoint(folder, errors), List.of(), folder.place().toString());
        table.add(Method.GET, folder.path() + "/{" + StaticFolder.VARIABLE + "*}", target, folder.place());
        if (!folder.path().isEmpty() && !endpoints.answersGet(folder.path())) {
            table.add(Method.GET, folder.path(), target, folder.place());
        }
    }
}
