package dev.bistro;

import dev.bistro.coding.ContentCodings;
import dev.bistro.config.Settings;
import dev.bistro.config.SettingsReader;
import dev.bistro.controller.ApplicationClasses;
import dev.bistro.controller.ControllerScanner;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Application;
import dev.bistro.http1.Http1;
import dev.bistro.inject.Container;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an application together, and is the only class that has been in every room: settings, classes, objects, endpoints, sockets. Faults
 * are collected along the way, and thrown at once before a socket is opened.
 */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private final long startedNanos = System.nanoTime();
    private final Problems problems = new Problems();
    private final Class<?> application;
    private final List<String> args;
    private final Map<String, String> settings;
    private final Map<Class<?>, Object> instances;
    private final List<Class<?>> classes;

    Assembly(
            Class<?> application,
            List<String> args,
            Map<String, String> settings,
            Map<Class<?>, Object> instances,
            List<Class<?>> classes) {
        this.application = application;
        this.args = args;
        this.settings = settings;
        this.instances = instances;
        this.classes = classes;
    }

    Server start() {
        return start(this::listen);
    }

    Server startInProcess() {
        return start((server, http1) ->
                new Door.InProcess(new MemoryServer(server.net().readBufferBytes(), http1)));
    }

    private Server start(BiFunction<ServerSettings, Http1, Door> opening) {
        Settings all = readSettings();
        ServerSettings server = serverSettings(all);
        ApplicationClasses found = classes.isEmpty()
                ? ControllerScanner.scan(application, problems)
                : ApplicationClasses.of(classes, problems);
        Container container = container(found, all);
        try {
            Dispatcher dispatcher = dispatcher(found, container, server);
            problems.throwIfAny();
            Door door = opening.apply(server, http1(server, dispatcher));
            report(door, dispatcher);
            return new Server(door, container, dispatcher.routes(RouteInfo::new), server.stopTimeout());
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    private Settings readSettings() {
        return new Settings.Builder(problems)
                .addClassPath(application.getClassLoader())
                .addDirectory(Path.of(""))
                .addEnvironment(System.getenv())
                .addSystemProperties(System.getProperties())
                .addArguments(args)
                .addProgram(settings)
                .build();
    }

    private ServerSettings serverSettings(Settings all) {
        ServerSettings server = new SettingsReader(all, problems).read("server", ServerSettings.DEFAULTS);
        server.check(problems);
        return server;
    }

    private Container container(ApplicationClasses found, Settings all) {
        var builder = new ContainerBuilder(problems).components(found.components());
        builder.bind(Settings.class, all);
        instances.forEach(builder::bind);
        found.controllers().forEach(builder::root);
        new Extensions(found.components()).addTo(builder);
        return builder.build();
    }

    private Dispatcher dispatcher(ApplicationClasses found, Container container, ServerSettings server) {
        var factory = new DispatcherFactory(problems).formLimits(server.forms());
        new Extensions(found.components()).addTo(factory, container, problems);
        return factory.create(found.controllers(), container::get);
    }

    private static Http1 http1(ServerSettings server, Dispatcher dispatcher) {
        return new Http1(server.http(), coded(server, dispatcher), NetServer.loopCount(server.net()));
    }

    private Door listen(ServerSettings server, Http1 http1) {
        try {
            return new Door.Sockets(NetServer.start(server.net(), http1));
        } catch (IOException e) {
            throw new StartupException(List.of(cannotListen(server, e)), e);
        }
    }

    private static Application coded(ServerSettings server, Dispatcher dispatcher) {
        int min = server.compression()
                ? Math.toIntExact(server.compressionMinSize().bytes())
                : Integer.MAX_VALUE;
        return new ContentCodings(dispatcher, server.http().maxBodyBytes(), min);
    }

    private static Problem cannotListen(ServerSettings server, IOException e) {
        String address = server.net().address().getHostString() + ":" + server.port();
        return Problem.of("cannot-listen", "Can't listen on " + address + ": " + e.getMessage() + ".")
                .cure(
                        "Stop what uses the port, or take another one: --server.port=9000, SERVER_PORT=9000, or 0 for a free one.");
    }

    private void report(Door door, Dispatcher dispatcher) {
        LOG.info("Routes:\n  {}", String.join("\n  ", dispatcher.describeRoutes()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        LOG.info("{} listens on {} after {} ms", application.getSimpleName(), door.name(), millis);
    }
}
