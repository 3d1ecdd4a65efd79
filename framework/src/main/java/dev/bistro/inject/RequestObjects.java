package dev.bistro.inject;

import java.util.IdentityHashMap;
import java.util.Map;

/** The objects of one request, each made when it is first asked for. */
public final class RequestObjects implements AutoCloseable {
    private final ThreadLocal<RequestObjects> current;
    private final Map<Maker, Single> singles = new IdentityHashMap<>(); // guarded by this
    private final Closing closing = new Closing();
    private volatile boolean isClosed;

    RequestObjects(ThreadLocal<RequestObjects> current) {
        this.current = current;
    }

    /** What the request brings, and nobody has to close. */
    void put(Maker maker, Object object) {
        singles.put(maker, Single.of(maker, object));
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

    /** A body may be written, and ask, while the handler is still on its way out on another thread. */
    Object get(RequestMaker maker) {
        return single(maker).get();
    }

    private synchronized Single single(RequestMaker maker) {
        return singles.computeIfAbsent(maker, one -> new Single(one, () -> first(maker)));
    }

    private Object first(RequestMaker maker) {
        if (isClosed) {
            throw new ObjectCreationException(maker, new IllegalStateException("The request has ended"));
        }
        Object first = maker.make();
        closing.add(first);
        return first;
    }

    /** The request has ended: closes what is {@code AutoCloseable}, last made first; a second call does nothing. */
    @Override
    public void close() {
        isClosed = true;
        closing.close();
    }
}
