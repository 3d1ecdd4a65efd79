package dev.bistro.http1;

import dev.bistro.http.spi.RequestObserver.Scope;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.net.Connection;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks of the application for whose result nobody waits, such as closing a body whose client has gone. They
 * may take any time, so they run on a thread of their own, and only where the server has none on this one. What they
 * throw is logged.
 */
record CallbackRunner(Connection connection, ServerRequest request) {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackRunner.class);

    /** A callback, which may throw anything. */
    @FunctionalInterface
    interface Code {
        void run() throws Exception;
    }

    /** Runs the callback on a thread of its own if possible. */
    void run(Code code) {
        try {
            connection.executeUnowned(() -> runHere(code));
        } catch (RejectedExecutionException none) {
            runHere(code);
        }
    }

    /** Runs the callback on this thread. */
    void runHere(Code code) {
        Scope scope = request.enter();
        try {
            code.run();
        } catch (Exception | Error e) {
            LOG.error("[{}] A callback of the application failed", request.id(), e);
        } finally {
            scope.close();
        }
    }
}
