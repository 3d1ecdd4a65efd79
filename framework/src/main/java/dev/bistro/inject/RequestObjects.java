package dev.bistro.inject;

import java.util.IdentityHashMap;
import java.util.Map;

/** The request-scoped objects of one request, each made when it is first asked for. */
public final class RequestObjects implements AutoCloseable {
    private final ThreadLocal<RequestObjects> current;
    private final Map<ObjectProvider, SharedInstance> instances = new IdentityHashMap<>(); // guarded by this
    private final Closer closer = new Closer();
    private volatile boolean isClosed;

    RequestObjects(ThreadLocal<RequestObjects> current) {
        this.current = current;
    }

    /** Adds an object that the request brings, which isn't closed here. */
    void put(ObjectProvider provider, Object object) {
        instances.put(provider, SharedInstance.of(provider, object));
    }

    /** Code of the request, which may throw. */
    @FunctionalInterface
    public interface Code<T, E extends Exception> {
        /** Runs it. */
        T run() throws E;
    }

    /** Runs code on this thread, where request-scoped objects are those of this request meanwhile. */
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

    /** The object of a provider. Several threads may ask: a body may be written while the handler still runs. */
    Object get(RequestScopedProvider provider) {
        return instance(provider).get();
    }

    private synchronized SharedInstance instance(RequestScopedProvider provider) {
        return instances.computeIfAbsent(provider, key -> new SharedInstance(key, () -> create(provider)));
    }

    private Object create(RequestScopedProvider provider) {
        if (isClosed) {
            throw new ObjectCreationException(provider, new IllegalStateException("The request has ended"));
        }
        Object made = provider.make();
        closer.add(made);
        return made;
    }

    /** Ends the request: closes objects that are {@code AutoCloseable}, last made first. A second call does nothing. */
    @Override
    public void close() {
        isClosed = true;
        closer.close();
    }
}
