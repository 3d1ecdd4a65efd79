package dev.bistro.inject;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects that are closed together, last made first. Safe for use by many threads. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // guarded by itself
    private boolean closed; // guarded by open

    /**
     * Takes an object that was just made.
     *
     * @throws IllegalStateException if the others are closed already; the object is closed then, too
     */
    void add(Object made) {
        if (!(made instanceof AutoCloseable closeable)) {
            return;
        }
        synchronized (open) {
            if (!closed) {
                open.push(closeable);
                return;
            }
        }
        close(closeable);
        throw new IllegalStateException(
                made.getClass().getName() + " was made when all else was closed, and was closed at once");
    }

    /** Closes one of them before all others, since something else of it failed. */
    void closeEarly(Object made) {
        if (made instanceof AutoCloseable closeable && remove(closeable)) {
            close(closeable);
        }
    }

    private boolean remove(AutoCloseable closeable) {
        synchronized (open) {
            return open.removeIf(one -> one == closeable);
        }
    }

    /** Closes them; one that fails doesn't keep the others, and a second call does nothing. */
    void close() {
        close(Closing::close);
    }

    /** Has them closed by another, who throws nothing. */
    void close(Consumer<AutoCloseable> closer) {
        synchronized (open) {
            closed = true;
        }
        for (AutoCloseable next = next(); next != null; next = next()) {
            closer.accept(next);
        }
    }

    private AutoCloseable next() {
        synchronized (open) {
            return open.poll();
        }
    }

    /**
     * Closes an object that isn't among others. What fails is logged, and not added to an exception of the user's,
     * which may be one for all.
     */
    static void closeAlone(Object made) {
        if (made instanceof AutoCloseable closeable) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Throwable e) { // an error as well: a class that is missing must not keep the others
            LOG.error("{} could not be closed", closeable.getClass().getName(), e);
        }
    }
}
