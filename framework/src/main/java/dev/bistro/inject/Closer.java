package dev.bistro.inject;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes objects together, last made first. Safe for use by many threads. */
final class Closer {
    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>(); // guarded by itself
    private boolean closed; // guarded by open

    /**
     * Adds an object that was just made.
     *
     * @throws IllegalStateException if the others are closed already; then the object is closed at once
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

    /** Closes one object now, since nobody will get it. */
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

    /** Closes all, even if some fail. A second call does nothing. */
    void close() {
        close(Closer::close);
    }

    /** Closes all by the given function, which must not throw. */
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
     * Closes an object that was not added. A failure is logged rather than added to an exception of the user's code,
     * which may be a constant that is thrown again and again.
     */
    static void closeAlone(Object made) {
        if (made instanceof AutoCloseable closeable) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Throwable e) { // even an Error: a missing class must not keep the others open
            LOG.error("{} could not be closed", closeable.getClass().getName(), e);
        }
    }
}
