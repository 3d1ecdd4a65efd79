package dev.bistro.net;

import org.slf4j.Logger;

/** Tells of faults where telling of them may fail as well: memory may have ended. Whoever calls this has put things in order before. */
final class Faults {
    private Faults() {}

    /** Logs a fault, or nothing if that can't be done. */
    static void log(Logger log, String what, Throwable fault) {
        try {
            log.error(what, fault);
        } catch (Throwable untold) {
            // there is no memory to say so
        }
    }

    /** Logs a fault of a connection, or nothing if that can't be done. */
    static void log(Logger log, String what, long connectionId, Throwable fault) {
        try {
            log.error(what, connectionId, fault);
        } catch (Throwable untold) {
            // there is no memory to say so
        }
    }
}
