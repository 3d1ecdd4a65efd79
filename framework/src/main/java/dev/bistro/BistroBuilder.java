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
    private final List<StartInput.QualifiedInstance> qualified = new ArrayList<>();
    private final List<Class<?>> classes = new ArrayList<>();
    private final List<Class<?>> added = new ArrayList<>();
    private final List<Class<?>> leftOut = new ArrayList<>();

    BistroBuilder(Class<?> application) {
        this.application = application;
    }

    /** Adds the command line: {@code args("--server.port=9000")}. */
    public BistroBuilder args(String... commandLine) {
        args.addAll(List.of(commandLine));
        return this;
    }

    /** Sets the port to listen on, whatever the settings say; 0 for a free one. */
    public BistroBuilder port(int port) {
        return set("server.listen", "").set("server.port", String.valueOf(port));
    }

    /**
     * Sets a setting, whatever the files, the environment and the command line say:
     * {@code set("server.max-body-size", "10MB")}.
     */
    public BistroBuilder set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Gives an object to inject for a type, whatever else could provide it: {@code with(Clock.class, fixed)}. It
     * belongs to the caller, who closes it. A record with {@code @Config} isn't read from the settings then. A
     * {@code Converter}, {@code BodyCodec}, {@code TemplateRenderer} or {@code Authenticator} is used as if it had been
     * found; a converter has to be of a class that says to which type it converts, so it can't be a lambda.
     */
    public <T> BistroBuilder with(Class<T> type, T instance) {
        instances.put(type, instance);
        return this;
    }

    /**
     * Gives an object to inject for a type with arguments, or with a qualifier, as a field or parameter declares it:
     * {@code with(field.getGenericType(), List.of(field.getAnnotations()), prices)} is injected for
     * {@code @Named("live") Feed<Price>}, if that is how the field is declared.
     *
     * @param type a class, or one with its arguments
     * @param annotations those of the field or parameter; all but a qualifier are ignored
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
            qualified.add(new StartInput.QualifiedInstance(type, qualifiers, instance));
        }
        return this;
    }

    /**
     * Takes these classes instead of finding some: controllers, and the components that injection can't find by itself
     * (implementations of interfaces, factories, records with {@code @Config}); a class with an {@code @Inject}
     * constructor needn't be named. Libraries take part all the same ({@link BistroLibrary}).
     */
    public BistroBuilder classes(Class<?>... controllersAndComponents) {
        classes.addAll(List.of(controllersAndComponents));
        return this;
    }

    /**
     * Adds classes to those that are found, wherever they are: {@code add(BackupController.class)}. A class of which no
     * object can be made, such as an interface, is a startup fault.
     */
    public BistroBuilder add(Class<?>... controllersAndComponents) {
        added.addAll(List.of(controllersAndComponents));
        return this;
    }

    /**
     * Leaves classes out, for tests: {@code without(MailSender.class, AuditLibrary.class)}. No object of them is made,
     * whoever asks for one. They are classes that would be found, those of libraries, or a {@link BistroLibrary} with
     * all that it has; one that isn't there anyway is a startup fault.
     */
    public BistroBuilder without(Class<?>... controllersComponentsAndLibraries) {
        leftOut.addAll(List.of(controllersComponentsAndLibraries));
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
     * Starts the application without a socket, for tests: clients connect from within the process, by
     * {@link Server#connect}. Requests are parsed and responses are written as they are over a socket.
     *
     * @throws StartupException with everything that is wrong with it
     */
    public Server startInProcess() {
        return assembly().startInProcess();
    }

    Routes routes() {
        return assembly().routes();
    }

    Help help() {
        return assembly().help();
    }

    private Assembly assembly() {
        return new Assembly(new StartInput(application, args, settings, instances, qualified, classes, added, leftOut));
    }
}
