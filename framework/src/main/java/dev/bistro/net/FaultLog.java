package dev.bistro.net;

import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;

/**
 * Tells of faults where telling of them may fail as well: memory may have ended. Whoever calls this has put things in
 * order before.
 */
final class FaultLog {
    /** What is needed when something fails: it may be memory, without which no class can be loaded. */
    private static final List<Class<?>> NEEDED = List.of(
            FaultLog.class,
            DropReason.class,
            QueuedTask.class,
            Linger.class,
            SocketWait.class,
            BlockingIo.class,
            RejectedExecutionException.class,
            CancelledKeyException.class,
            ClosedSelectorException.class,
            SocketTimeoutException.class);

    private FaultLog() {}

    /** Loads what is needed when something fails. */
    static void prepare() {
        try {
            for (Class<?> needed : NEEDED) {
                Class.forName(needed.getName(), true, needed.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e); // it was there just now
        }
    }

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
