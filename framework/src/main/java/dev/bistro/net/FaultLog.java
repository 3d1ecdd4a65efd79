package dev.bistro.net;

import java.net.SocketTimeoutException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;

/**
 * Logs faults where logging may fail as well, for lack of memory. A caller cleans up first, and logs last.
 */
final class FaultLog {
    /** Classes that are used after a fault: if memory is what is missing, they can't be loaded then. */
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

    /** Loads the classes that are used after a fault. */
    static void prepare() {
        try {
            for (Class<?> needed : NEEDED) {
                Class.forName(needed.getName(), true, needed.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e); // it is there, since this class refers to it
        }
    }

    /** Logs a fault, or nothing if that fails. */
    static void log(Logger log, String what, Throwable fault) {
        try {
            log.error(what, fault);
        } catch (Throwable untold) {
            // there is no memory for the log line
        }
    }

    /** Logs a fault of a connection, or nothing if that fails. */
    static void log(Logger log, String what, long connectionId, Throwable fault) {
        try {
            log.error(what, connectionId, fault);
        } catch (Throwable untold) {
            // there is no memory for the log line
        }
    }
}
