package dev.bistro;

import dev.bistro.lifecycle.ProcessEnd;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Where an application begins. */
public final class Bistro {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private Bistro() {}

    /**
     * Runs an application until the process is told to stop: scans the class's package, starts the server, and logs the routes. Ctrl-C and
     * SIGTERM let running requests finish, and end the process with status 0; while it still starts, what was made is closed, and the status is
     * 130 or 143. A second one ends it at once. If the application can't start, the report is logged and the process ends with status 1. With
     * {@code --help}, all settings are printed to standard output, nothing is started, and the status is 0.
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
            BistroBuilder builder = app(application).args(args);
            if (List.of(args).contains("--help")) {
                builder.help().print();
                System.exit(0);
            }
            end.install();
            Server server = builder.start();
            server.whenFailed(() -> System.exit(1)); // a supervisor starts another one
            end.started(server::close, server::isStopped);
            return server;
        } catch (RuntimeException e) {
            if (end.ended()) {
                System.exit(1); // which waits for ever: the process ends already, with a status of its own
            }
            if (!(e instanceof StartupException fault)
                    || LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
                throw e; // it is no report, or there is no log to read it in
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
     * An application to be started by hand, in a test or inside another program:
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
