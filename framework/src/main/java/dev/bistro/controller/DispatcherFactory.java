package dev.bistro.controller;

import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.FormLimits;
import dev.bistro.http.Converter;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Makes the dispatcher of an application's controllers, at startup. Used once. */
public final class DispatcherFactory {
    private final Problems problems;
    private final Converters converters;
    private final List<BodyCodec> codecs = new ArrayList<>();
    private FormLimits formLimits = FormLimits.DEFAULTS;

    /** What is wrong with the controllers goes to the problems. */
    public DispatcherFactory(Problems problems) {
        this.problems = problems;
        this.converters = new Converters(problems);
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

    /** Has bodies be read and written by a codec of the user's too. */
    public DispatcherFactory addCodec(BodyCodec codec) {
        codecs.add(codec);
        return this;
    }

    /** Says how large forms may be. */
    public DispatcherFactory formLimits(FormLimits limits) {
        formLimits = limits;
        return this;
    }

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route}
     * @param objects gives the object of each of them
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        BodyCodecs all = BodyCodecs.standard().with(codecs);
        var errorWriter = new ErrorWriter(all);
        var errors = new ErrorMapper(errorWriter);
        var endpoints = new EndpointFactory(
                new BinderFactory(all, converters, formLimits, problems),
                new ResultWriterFactory(all, problems),
                errors,
                problems);
        controllers.forEach(endpoints::inspect);
        RouteTable<RouteTarget> routes = endpoints.routes(objects);
        return new Dispatcher(routes, new Unrouted(routes, errors), errorWriter);
    }
}
