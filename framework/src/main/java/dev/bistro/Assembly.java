package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.coding.ContentCodings;
import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.CookieSigner;
import dev.bistro.http.Request;
import dev.bistro.http.spi.Application;
import dev.bistro.http1.Http1;
import dev.bistro.inject.Container;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.lifecycle.Hook;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.lifecycle.ShutdownSteps;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.validation.Constraints;
import dev.bistro.validation.Violation;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.endpoint.JsonMessages;
import dev.bistro.websocket.protocol.SessionRooms;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an application together, and is the only class that has been in every room: settings, classes, objects, endpoints, sockets. Faults
 * are collected along the way, and thrown at once before a socket is opened.
 */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);
    private static final String TEST_MODE = "bistro.test.mode"; // TestClient.MODE

    private final long startedNanos = System.nanoTime();
    private final BackgroundTask<BodyCodecs> codecs = BackgroundTask.of("bistro-codecs", StandardCodecs::createWarm);
    private final JsonMessages messages = new JsonMessages();
    private final Problems problems = new Problems();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Class<?> application;
    private final List<String> args;
    private final Map<String, String> settings;
    private final Map<Class<?>, Object> instances;
    private final List<Given> given;
    private final List<Class<?>> classes;
    private Constraints constraints; // found when they are first asked for

    /** An object for a type with arguments or a qualifier, which a class alone doesn't name. */
    record Given(Type type, List<Annotation> qualifiers, Object instance) {}

    Assembly(
            Class<?> application,
            List<String> args,
            Map<String, String> settings,
            Map<Class<?>, Object> instances,
            List<Given> given,
            List<Class<?>> classes) {
        this.application = application;
        this.args = args;
        this.settings = settings;
        this.instances = instances;
        this.given = given;
        this.classes = classes;
    }

    Server start() {
        return start(this::listen);
    }

    Server startInProcess() {
        return start((server, http1) ->
                new Transport.InProcess(new MemoryServer(server.net().readBufferBytes(), http1)));
    }

    private Server start(BiFunction<ServerSettings, Http1, Transport> opening) {
        Settings all = readSettings();
        ApplicationClasses found = findClasses();
        ConfigRecords records = configRecords(found);
        records.reportUnknown(all);
        Optional<ServerSettings> server = records.read(ServerSettings.class, all);
        List<Class<?>> hooked = hooked(found);
        Optional<BistroSettings> bistro = records.read(BistroSettings.class, all);
        Container container = container(found, hooked, all, records, bistro, constraints());
        try {
            Dispatcher dispatcher = dispatcher(found, container, constraints(), server, bistro);
            problems.throwIfAny();
            container.start();
            lifecycle.start(hooked);
            Transport door = opening.apply(server.orElseThrow(), http1(server.orElseThrow(), dispatcher));
            report(door, dispatcher, found);
            List<RouteInfo> routes = dispatcher.routes(RouteInfo::new);
            return new Server(
                    door, container, lifecycle, routes, server.orElseThrow().stopTimeout());
        } catch (RuntimeException | Error e) {
            Duration limit = server.map(ServerSettings::stopTimeout).orElse(Duration.ZERO);
            lifecycle.stop(container, new ShutdownSteps(limit, thread -> {}));
            throw e;
        }
    }

    /**
     * What there is to set; nothing is started.
     *
     * @throws StartupException if the application's classes can't be found, or its settings' declarations are wrong
     */
    Help help() {
        ConfigRecords records = configRecords(findClasses());
        problems.throwIfAny();
        return new Help(application, records.describe());
    }

    private ApplicationClasses findClasses() {
        return classes.isEmpty()
                ? ApplicationClasses.find(application, problems)
                : ApplicationClasses.of(classes, problems);
    }

    private ConfigRecords configRecords(ApplicationClasses found) {
        return new ConfigRecords(
                Stream.concat(Stream.of(ServerSettings.class, BistroSettings.class), configClasses(found))
                        .toList(),
                problems);
    }

    private static Stream<Class<?>> configClasses(ApplicationClasses found) {
        return found.components().stream().filter(type -> type.isAnnotationPresent(Config.class));
    }

    /** The classes whose objects have to be told that the application starts or stops, and are made for that if for nothing else. */
    private List<Class<?>> hooked(ApplicationClasses found) {
        return Stream.concat(found.components().stream(), found.controllers().stream())
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .filter(type -> !instances.containsKey(type) && !isReplaced(type, found) && hasHooks(type))
                .toList();
    }

    /**
     * Whether the program gives something in the place of a class, such as a mock of the interface that it implements:
     * it is made then if something needs it by its own name, and not for its hooks. Interfaces of Java's, such as
     * {@code Runnable}, say nothing of what a class is for; nor do those of which all there is is used.
     */
    private boolean isReplaced(Class<?> type, ApplicationClasses found) {
        return found.components().contains(type)
                && instances.keySet().stream()
                        .filter(given ->
                                !given.getName().startsWith("java.") && !ApplicationClasses.EXTENSIONS.contains(given))
                        .anyMatch(given -> given.isAssignableFrom(type));
    }

    private static boolean hasHooks(Class<?> type) {
        try {
            return Hook.isIn(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // which injection tells of, since it looks at them too
        }
    }

    private Settings readSettings() {
        return new Settings.Builder(problems)
                .addClassPath(application.getClassLoader())
                .addDirectory(Path.of(""))
                .addEnvironment(System.getenv())
                .addSystemProperties(systemProperties())
                .addArguments(args)
                .addProgram(settings)
                .build();
    }

    /** All but the one that says how tests go, which is no setting. */
    private static Properties systemProperties() {
        var properties = new Properties();
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> !key.equals(TEST_MODE))
                .forEach(key -> properties.setProperty(key, System.getProperty(key, "")));
        return properties;
    }

    private Container container(
            ApplicationClasses found,
            List<Class<?>> hooked,
            Settings all,
            ConfigRecords records,
            Optional<BistroSettings> bistro,
            Constraints constraints) {
        var builder = new ContainerBuilder(problems).closeLast(constraints);
        ApplicationClasses.EXTENSIONS.forEach(builder::offered);
        builder.components(found.components()).onMade(lifecycle::made);
        builder.bind(Settings.class, all);
        builder.bind(WebSocketRooms.class, new SessionRooms(messages));
        bistro.ifPresentOrElse(
                read -> read.cookieSigner().ifPresent(signer -> builder.bind(CookieSigner.class, signer)),
                () -> builder.bindUnmade(CookieSigner.class));
        builder.bindRequest(Request.class);
        configClasses(found).forEach(type -> bindConfig(type, all, records, builder));
        instances.forEach(builder::bind);
        given.forEach(one -> builder.bind(one.type(), one.qualifiers(), one.instance()));
        found.controllers().forEach(builder::root);
        found.extensions().forEach(builder::root);
        hooked.forEach(type -> {
            Hook.check(type, problems);
            builder.root(type);
        });
        found.withExceptionHandlers().forEach(builder::root);
        found.filters().forEach(builder::root);
        return builder.build();
    }

    /** One that the program gives is taken as it is. */
    private void bindConfig(Class<?> type, Settings all, ConfigRecords records, ContainerBuilder builder) {
        if (!instances.containsKey(type)) {
            records.read(type, all, check(type))
                    .ifPresentOrElse(made -> builder.bind(type, made), () -> builder.bindUnmade(type));
        }
    }

    /** What a record's constraints say of it: {@code "pageSize must be greater than 0"}. */
    private Function<Object, List<String>> check(Class<?> type) {
        Function<Object, List<Violation>> constraints = constraints().of(type);
        return read -> constraints.apply(read).stream()
                .map(violation -> String.join(".", violation.path()) + " " + violation.message())
                .toList();
    }

    private Constraints constraints() {
        if (constraints == null) {
            constraints = Constraints.find(problems);
        }
        return constraints;
    }

    private Dispatcher dispatcher(
            ApplicationClasses found,
            Container container,
            Constraints constraints,
            Optional<ServerSettings> server,
            Optional<BistroSettings> bistro) {
        boolean development = bistro.filter(BistroSettings::dev).isPresent();
        if (development) {
            LOG.warn(
                    "Development mode: errors show routes and causes to everybody. It is for your own machine (bistro.dev)");
        }
        var factory = new DispatcherFactory(codecs.get(), development, problems)
                .addStaticFiles(application)
                .setMessages(messages)
                .setConstraints(constraints);
        found.withExceptionHandlers().forEach(factory::addExceptionHandlers);
        found.filters().forEach(factory::addFilter);
        server.map(ServerSettings::webSockets).ifPresent(factory::setWebSockets);
        server.ifPresent(settings -> factory.setFormLimits(settings.forms()));
        bistro.filter(BistroSettings::mergeSlashes).ifPresent(lenient -> factory.mergeSlashes());
        new Extensions(found.extensions(), container).addTo(factory, problems);
        container.requestScope().ifPresent(factory::setRequestScope);
        return factory.create(found.controllers(), type -> {
            container.start(); // once, when nothing is known to be wrong
            return container.get(type);
        });
    }

    private static Http1 http1(ServerSettings server, Dispatcher dispatcher) {
        return new Http1(server.http(), coded(server, dispatcher), NetServer.loopCount(server.net()));
    }

    private Transport listen(ServerSettings server, Http1 http1) {
        if (server.net().address().isUnresolved()) {
            throw new StartupException(List.of(cannotListen(
                    server,
                    "this host is not known",
                    "Set server.host to an address of this machine, or to 0.0.0.0 for all.")));
        }
        try {
            return new Transport.Sockets(NetServer.start(server.net(), http1), http1);
        } catch (IOException e) {
            throw new StartupException(
                    List.of(
                            cannotListen(
                                    server,
                                    e.getMessage(),
                                    "Stop what uses the port, or take another one: --server.port=9000, SERVER_PORT=9000, or 0 for a free one.")),
                    e);
        }
    }

    private static Application coded(ServerSettings server, Dispatcher dispatcher) {
        int min = server.compression()
                ? Math.toIntExact(server.compressionMinSize().bytes())
                : Integer.MAX_VALUE;
        return new ContentCodings(dispatcher, server.http().maxBodyBytes(), min);
    }

    private static Problem cannotListen(ServerSettings server, String why, String cure) {
        String address = server.net().address().getHostString() + ":" + server.port();
        return Problem.of("cannot-listen", "Can't listen on " + address + ": " + why + ".")
                .cure(cure);
    }

    private void report(Transport door, Dispatcher dispatcher, ApplicationClasses found) {
        int count = found.controllers().size() + found.components().size();
        LOG.info("Classes: {}, found {}", count, found.how());
        LOG.info("Routes:\n  {}", String.join("\n  ", dispatcher.describeRoutes()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        LOG.info("{} listens on {} after {} ms", application.getSimpleName(), door.description(), millis);
    }
}
