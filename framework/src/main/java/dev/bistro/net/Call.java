package dev.bistro.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler that a protocol has run by {@link Connection#callUnowned}. One object can be run any number of times.
 *
 * @param code the handler's code, which handles its own faults; what it throws nevertheless is logged
 * @param profile what is known of its running time; learns from each run
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
