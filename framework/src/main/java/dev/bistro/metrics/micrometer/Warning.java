package dev.bistro.metrics.micrometer;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** A warning that is logged once, however often there is a reason. */
final class Warning {
    private final Logger log;
    private final AtomicBoolean said = new AtomicBoolean();

    Warning(Logger log) {
        this.log = log;
    }

    void say(String what, Throwable cause) {
        if (said.compareAndSet(false, true)) {
            log.warn("{}. Others of the kind are not logged", what, cause);
        }
    }
}
