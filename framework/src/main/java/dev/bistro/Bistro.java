package dev.bistro;

import dev.bistro.lifecycle.ProcessEnd;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Starts applications. */
public final class Bistro {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private Bistro() {}

    /**
     * Runs an application until the process is told to stop: finds the classes in the given class's package and below,
     * starts the server, and logs the routes. Ctrl-C and SIGTERM let running requests finish and end the process with
     * status 0. If the server is still starting then, what was made is closed, and the status is 130 or 143. A second
     * signal ends the delay of {@code server.drain-delay}; without one, or when it is over, it ends the process at
     * once. If the application can't start, the report is logged and the process ends with status 1. With
     * {@code --help}, all settings are printed to standard output, nothing is started, and the status is 0; and so are
     * all routes with {@code --routes}, or with {@code --routes=json} for programs, unless the application couldn't
     * start.
     *
     * <pre>{@code
     * public static void main(String[] args) {
     *     Bistro.run(ShopApplication.class, args);   // http://localhost:8080; --server.port=9000 takes another port
     * }
     * }</pre>
     *
     * @param application a class in the application's package
     * @param args the command line: {@code --key=value} for each setting
     * @return the running server
     */
    public static Server run(Class<?> application, String... args) {
        var end = new ProcessEnd();
        try {
            var command = Command.of(args);
            BistroBuilder builder = app(application).args(command.settings());
            Optional<String> printed = command.printed(builder);
            if (printed.isPresent()) {
                Help.print(printed.get());
                System.exit(0);
            }
            end.install();
            Server server = builder.start();
            server.whenFailed(() -> System.exit(1)); // so that a supervisor starts another one
            end.started(server::close, server::isStopped, server::endDrain);
            return server;
        } catch (RuntimeException e) {
            if (end.ended()) {
                System.exit(1); // waits for ever: the process is ending already, with its own status
            }
            if (!(e instanceof StartupException fault)
                    || LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
                throw e; // it is no report of faults, or there is no log that would show it
            }
            report(fault);
            System.exit(1);
            throw e;
        } finally {
            end.ended();
        }
    }

    private static void report(StartupException e) {
        Problem first = e.problems().get(0);
        if (first.id().equals("cannot-listen")) {
            LOG.error("{} {}", first.what(), String.join(" ", first.cures()));
        } else if (e.getCause() != null) {
            LOG.error(e.getMessage(), e.getCause());
        } else {
            LOG.error(e.getMessage());
        }
    }

    /**
     * An application that the caller starts, in a test or inside another program:
     *
     * <pre>{@code
     * try (Server server = Bistro.app(ShopApplication.class).port(0).with(Clock.class, fixed).start()) {
     *     server.uri();   // http://localhost:41234
     * }
     * }</pre>
     *
     * @param application a class in the application's package
     */
    public static BistroBuilder app(Class<?> application) {
        return new BistroBuilder(application);
    }
}
