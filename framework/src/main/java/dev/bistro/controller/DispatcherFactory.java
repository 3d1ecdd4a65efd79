package dev.bistro.controller;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Makes the dispatcher of an application's controllers, at startup. */
public final class DispatcherFactory {
    private final Problems problems;
    private final Converters converters;
    private final ErrorWriter errorWriter;
    private final ErrorMapper errors;
    private final EndpointFactory endpoints;
    private final List<StaticFolder> folders = new ArrayList<>();

    /** A factory that has bodies read and written by these codecs; what is wrong with the controllers goes to the problems. */
    public DispatcherFactory(BodyCodecs codecs, Problems problems) {
        this.problems = problems;
        this.converters = new Converters(problems);
        this.errorWriter = new ErrorWriter(codecs);
        this.errors = new ErrorMapper(errorWriter);
        this.endpoints = new EndpointFactory(
                new BinderFactory(codecs, converters, problems),
                new ResultWriterFactory(codecs, problems),
                errors,
                problems);
    }

    /** Has parameters be converted by a converter of the user's; before {@link #create}. */
    public DispatcherFactory addConverter(Converter<?> converter) {
        converters.add(converter.getClass(), converter, Place.of(converter.getClass()));
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
     * @param controllers the classes with {@code @Route}
     * @param objects gives the object of each of them
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        controllers.forEach(endpoints::inspect);
        RouteTable.Builder<Target> table = RouteTable.builder(problems);
        endpoints.addRoutes(table, objects);
        folders.forEach(folder -> add(folder, table));
        RouteTable<Target> routes = table.build();
        return new Dispatcher(routes, new Unrouted(routes, errors), errorWriter);
    }

    /** The files, and the folder's own path without a slash, unless a controller has that. */
    private void add(StaticFolder folder, RouteTable.Builder<Target> table) {
        var target = new StaticEndpoint(folder, errors);
        table.add(Method.GET, folder.path() + "/{" + StaticFolder.VARIABLE + "*}", target, folder.place());
        if (!folder.path().isEmpty() && !endpoints.answersGet(folder.path())) {
            table.add(Method.GET, folder.path(), target, folder.place());
        }
    }
}
