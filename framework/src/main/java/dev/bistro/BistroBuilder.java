package dev.bistro;

import dev.bistro.startup.StartupException;
import dev.bistro.types.Types;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an application is started with. Used once, by one thread. */
public final class BistroBuilder {
    private final Class<?> application;
    private final List<String> args = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<Class<?>, Object> instances = new LinkedHashMap<>();
    private final List<Assembly.Given> given = new ArrayList<>();
    private final List<Class<?>> classes = new ArrayList<>();

    BistroBuilder(Class<?> application) {
        this.application = application;
    }

    /** The command line: {@code --key=value} for each setting. */
    public BistroBuilder args(String... commandLine) {
        args.addAll(List.of(commandLine));
        return this;
    }

    /** The port to listen on, whatever the settings say; 0 for a free one. */
    public BistroBuilder port(int port) {
        return set("server.port", String.valueOf(port));
    }

    /** A setting, whatever the files, the environment and the command line say: {@code set("server.max-body-size", "10MB")}. */
    public BistroBuilder set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * An object to inject for a type, whatever else could provide it: {@code with(Clock.class, fixed)}. It belongs to the caller, who closes it. A record with
     * {@code @Config} isn't read from the settings then. A {@code Converter}, {@code BodyCodec} or {@code TemplateRenderer} is used as if it had been found; a
     * converter is of a class that says to which type it converts, which a lambda's doesn't.
     */
    public <T> BistroBuilder with(Class<T> type, T instance) {
        instances.put(type, instance);
        return this;
    }

    /**
     * The same for a type with arguments, or with a qualifier, as a field or parameter declares it:
     * {@code with(field.getGenericType(), List.of(field.getAnnotations()), prices)} is injected for
     * {@code @Named("live") Feed<Price>}, if that is what the field is.
     *
     * @param type a class, or one with its arguments
     * @param annotations of which the one that is a qualifier counts, if there is one
     * @throws ClassCastException if the object isn't of the type's class
     */
    public BistroBuilder with(Type type, List<Annotation> annotations, Object instance) {
        List<Annotation> qualifiers = annotations.stream()
                .filter(one -> one.annotationType().isAnnotationPresent(Qualifier.class))
                .toList();
        Types.raw(type).cast(instance);
        if (type instanceof Class<?> plain && qualifiers.isEmpty()) {
            instances.put(plain, instance);
        } else {
            given.add(new Assembly.Given(type, qualifiers, instance));
        }
        return this;
    }

    /**
     * These classes instead of a scan: controllers, and whatever injection needs besides what has an {@code @Inject} constructor
     * of its own (implementations of interfaces, factories, records with {@code @Config}).
     */
    public BistroBuilder classes(Class<?>... controllersAndComponents) {
        classes.addAll(List.of(controllersAndComponents));
        return this;
    }

    /**
     * Starts the application.
     *
     * @throws StartupException with everything that is wrong with it, or if the port is in use
     */
    public Server start() {
        return assembly().start();
    }

    /**
     * Starts the application without a socket: clients come from within the process, by {@link Server#connect}. All else is as ever, from the
     * parser of requests to the writer of responses. For tests.
     *
     * @throws StartupException with everything that is wrong with it
     */
    public Server startInProcess() {
        return assembly().startInProcess();
    }

    Help help() {
        return assembly().help();
    }

    private Assembly assembly() {
        return new Assembly(application, args, settings, instances, given, classes);
    }
}
