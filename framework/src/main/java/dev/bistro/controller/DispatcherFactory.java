package dev.bistro.controller;

import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.Converters;
import dev.bistro.body.BodyCodecs;
import dev.bistro.http.Converter;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.validation.Constraints;
import java.util.Collection;
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

    /** What is wrong with the controllers goes to the problems. */
    public DispatcherFactory(Problems problems) {
        this(BodyCodecs.standard(), false, problems);
    }

    /**
     * As the other, with these codecs.
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
        this.endpoints = new EndpointFactory(
                new BinderFactory(codecs, converters, problems),
                writers,
                exceptions,
                this::errors,
                Constraints.find(problems),
                problems);
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

    /**
     * Makes the dispatcher. If there are problems then, it is not for use, and no object was asked for.
     *
     * @param controllers the classes with {@code @Route}
     * @param objects gives the object of each of them, and of each class with methods for exceptions
     */
    public Dispatcher create(Collection<Class<?>> controllers, Function<Class<?>, Object> objects) {
        controllers.forEach(endpoints::inspect);
        RouteTable<Endpoint> routes = endpoints.routes(objects);
        development.ifPresent(known -> known.know(routes));
        ExceptionTable forAll = problems.isEmpty() ? exceptions.table(objects) : ExceptionTable.EMPTY;
        return new Dispatcher(routes, new Unrouted(routes, errors(forAll)), errorWriter);
    }
}
