package dev.bistro.controller;

import dev.bistro.annotation.WebSocket;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodecs;
import dev.bistro.http.Converter;
import dev.bistro.http.Target;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.util.Collection;
import java.util.function.Function;

/** Makes the dispatcher of an application's controllers, at startup. */
public final class DispatcherFactory {
    private final Problems problems;
    private final Converters converters;
    private final ErrorWriter errorWriter;
    private final ErrorMapper errors;
    private final EndpointFactory endpoints;
    private final Function<Object, byte[]> json;
    private final SocketFactory sockets;
    private WebSocketSettings socketSettings = WebSocketSettings.DEFAULTS;

    /** What is wrong with the controllers goes to the problems. */
    public DispatcherFactory(Problems problems) {
        BodyCodecs codecs = BodyCodecs.standard();
        this.problems = problems;
        this.converters = new Converters(problems);
        this.errorWriter = new ErrorWriter(codecs);
        this.errors = new ErrorMapper(errorWriter);
        var binders = new BinderFactory(codecs, converters, problems);
        this.endpoints = new EndpointFactory(binders, new ResultWriterFactory(codecs, problems), errors, problems);
        this.json = new JsonMessages(codecs);
        this.sockets = new SocketFactory(binders, codecs, json, errors, problems);
    }

    /** Writes any value as JSON: what sessions and rooms send. */
    public Function<Object, byte[]> json() {
        return json;
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

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route} or {@code @WebSocket}
     * @param objects gives the object of each of them
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        controllers.forEach(this::inspect);
        RouteTable.Builder<Target> table = RouteTable.builder(problems);
        endpoints.addRoutes(table, objects);
        sockets.addRoutes(table, socketSettings, objects);
        RouteTable<Target> routes = table.build();
        return new Dispatcher(routes, new Unrouted(routes, errors), errorWriter);
    }

    private void inspect(Class<?> controller) {
        if (controller.isAnnotationPresent(WebSocket.class)) {
            sockets.inspect(controller);
        } else {
            endpoints.inspect(controller);
        }
    }
}
