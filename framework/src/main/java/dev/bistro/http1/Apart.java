package dev.bistro.http1;

import dev.bistro.net.Connection;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of the application that is only told something (that its client has gone, that an answer is in a hurry): on
 * a thread of its own, since it may take as long as it likes; where the server has none, on this one. What it throws is
 * logged.
 */
record Apart(Connection connection, String requestId) {
    private static final Logger LOG = LoggerFactory.getLogger(Apart.class);

    /** Code that may throw anything. */
    @FunctionalInterface
    interface Code {
        void run() throws Exception;
    }

    void run(Code code) {
        try {
            connection.executeUnowned(() -> runHere(code));
        } catch (RejectedExecutionException none) {
            runHere(code);
        }
    }

    void runHere(Code code) {
        try {
            code.run();
        } catch (Exception | Error e) {
            LOG.error("[{}] What a request had to let go of, or was told, failed", requestId, e);
        }
    }
}
