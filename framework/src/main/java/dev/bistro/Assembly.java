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
import dev.bistro.net.NetServer;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an application together, and is the only class that has been in every room: settings, classes, objects, endpoints, sockets. Faults are
 * collected along the way, and thrown at once before a socket is opened.
 */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private final long started = System.nanoTime();
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
        ServerSettings server = readSettings();
        ApplicationClasses found = classes.isEmpty()
                ? ControllerScanner.scan(application, problems)
                : ApplicationClasses.of(classes, problems);
        DispatcherFactory dispatchers = new DispatcherFactory(problems);
        dispatchers.inspect(found.controllers());
        Container container = container(found);
        try {
            Dispatcher dispatcher = dispatchers.create(container::get);
            problems.throwIfAny();
            NetServer net = listen(server, coded(server, dispatcher));
            report(net, dispatcher);
            return new Server(net, container, server.stopTimeout());
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }
}
