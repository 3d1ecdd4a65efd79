package dev.bistro.controller;

import dev.bistro.annotation.WebSocket;
import dev.bistro.assets.StaticFolder;
import dev.bistro.assets.StaticFolders;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodecs;
import dev.bistro.http.Converter;
import dev.bistro.http.Method;
import dev.bistro.http.Target;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.validation.Constraints;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the dispatcher of an application's controllers, at startup. */
public final class DispatcherFactory {
    private final Problems problems;
    private final Converters converters;
    private final ErrorWriter errorWriter;
    private final Optional<Development> development;
    private final ExceptionHandlers exceptions;
    private final EndpointFactory endpoints;
    private final SocketFactory sockets;
    private WebSocketSettings socketSettings = WebSocketSettings.DEFAULTS;
    private final List<StaticFolder> folders = new ArrayList<>();

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
        var writers = new ResultWriterFactory(codecs, problems);
        this.problems = problems;
        this.converters = new Converters(problems);
        this.errorWriter = new ErrorWriter(codecs);
        this.development = development ? Optional.of(new Development()) : Optional.empty();
        this.exceptions = new ExceptionHandlers(writers, problems);
        var binders = new BinderFactory(codecs, converters, problems);
        this.endpoints =
                new EndpointFactory(binders, writers, exceptions, this::errors, Constraints.find(problems), problems);
        this.sockets = new SocketFactory(binders, codecs, new JsonMessages(() -> codecs), problems);
    }

    /** How WebSocket sessions are treated; before {@link #create}. */
    public DispatcherFactory webSockets(WebSocketSettings settings) {
        socketSettings = settings;
        return this;
    }

    /** Has parameters be converted by a converter of the user's; before {@link #create}. */
    public DispatcherFactory addConverter(Converter<?> converter) {
        converters.add(converter.getClass(), converter, Place.of(converter.getClass()));
        return this;
    }

    private ErrorMapper errors(ExceptionTable handlers) {
        return new ErrorMapper(errorWriter, development, handlers);
    }

    /** Has the methods for exceptions of a class answer for all controllers; before {@link #create}, which asks for its object. */
    public DispatcherFactory addExceptionHandlers(Class<?> type) {
        exceptions.inspectForAll(type);
        return this;
    }

    /** Has the folders be served that the application class declares with {@code @StaticFiles}; before {@link #create}. */
    public DispatcherFactory addStaticFiles(Class<?> application) {
        folders.addAll(StaticFolders.read(application, problems));
        return this;
    }

    /** Has each request have its own objects, which are closed when it is answered; before {@link #create}. */
    public DispatcherFactory setRequestScope(RequestScope scope) {
        endpoints.setRequestScope(scope);
        return this;
    }

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route} or {@code @WebSocket}
     * @param objects gives the object of each of them, and of each class with methods for exceptions
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        controllers.forEach(this::inspect);
        RouteTable.Builder<Target> table = RouteTable.builder(problems);
        endpoints.addRoutes(table, objects);
        ErrorMapper errors = errors(problems.isEmpty() ? exceptions.table(objects) : ExceptionTable.EMPTY);
        sockets.addRoutes(table, socketSettings, errors, objects);
        folders.forEach(folder -> add(folder, table, errors));
        RouteTable<Target> routes = table.build();
        development.ifPresent(known -> known.know(routes));
        return new Dispatcher(routes, new Unrouted(routes, errors), errorWriter);
    }

    private void inspect(Class<?> controller) {
        if (controller.isAnnotationPresent(WebSocket.class)) {
            sockets.inspect(controller);
        } else {
            endpoints.inspect(controller);
        }
    }

    /** The files, and the folder's own path without a slash, unless a controller has that. */
    private void add(StaticFolder folder, RouteTable.Builder<Target> table, ErrorMapper errors) {
        var target = new StaticEndpoint(folder, errors);
        table.add(Method.GET, folder.path() + "/{" + StaticFolder.VARIABLE + "*}", target, folder.place());
        if (!folder.path().isEmpty() && !endpoints.answersGet(folder.path())) {
            table.add(Method.GET, folder.path(), target, folder.place());
        }
    }
}
