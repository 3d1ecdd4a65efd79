package dev.bistro.inject;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The objects of one request, each made when it is first asked for. */
public final class RequestObjects implements AutoCloseable {
    private final ThreadLocal<RequestObjects> current;
    private final Map<Maker, Object> made = new IdentityHashMap<>(); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock();
    private final Closing closing = new Closing();
    private boolean closed; // guarded by lock

    RequestObjects(ThreadLocal<RequestObjects> current) {
        this.current = current;
    }

    /** What the request brings, and nobody has to close. */
    void put(Maker maker, Object object) {
        made.put(maker, object);
    }

    /** Code of the request, which may throw. */
    @FunctionalInterface
    public interface Code<T, E extends Exception> {
        /** Runs it. */
        T run() throws E;
    }

    /** Runs code of the request on this thread: what it asks for is this request's. */
    public <T, E extends Exception> T call(Code<T, E> code) throws E {
        RequestObjects before = current.get();
        current.set(this);
        try {
            return code.run();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    /** The lock is for a body that is written while the handler is still on its way out: one at a time makes objects. */
    Object get(RequestMaker maker) {
        lock.lock();
        try {
            Object known = made.get(maker);
            if (known == this) {
                throw new NotMade(maker, new IllegalStateException("It asks for itself while it is made"));
            }
            return known != null ? known : first(maker);
        } finally {
            lock.unlock();
        }
    }

    private Object first(RequestMaker maker) {
        if (closed) {
            throw new NotMade(maker, new IllegalStateException("The request has ended"));
        }
        made.put(maker, this); // until it is made
        try {
            Object first = maker.make();
            closing.add(first);
            made.put(maker, first);
            return first;
        } finally {
            made.remove(maker, this);
        }
    }

    /** The request has ended: closes what is {@code AutoCloseable}, last made first; a second call does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        closing.close();
    }
}
