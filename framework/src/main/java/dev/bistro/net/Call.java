package dev.bistro.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler that a connection's protocol has run by {@link Connection#callUnowned}; made once and used again and again.
 *
 * @param code what runs; it deals with its faults itself, and one that it throws all the same is logged
 * @param profile what is known of its running time, and learns from each run
 */
public record Call(Runnable code, ExecutionProfile profile) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    @Override
    public void run() {
        try {
            code.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A handler failed", e);
        }
    }
}
