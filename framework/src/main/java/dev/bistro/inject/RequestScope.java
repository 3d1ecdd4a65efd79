package dev.bistro.inject;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the request-scoped objects of the request whose handler this thread runs. Other threads have none, so a handler
 * that continues on another thread has to carry the objects there.
 */
public final class RequestScope {
    private final ThreadLocal<RequestObjects> current = new ThreadLocal<>();
    private Optional<ObjectProvider> requestProvider = Optional.empty();

    RequestScope() {}

    /** Sets the provider whose object each request brings with it; at startup. */
    void setRequestProvider(ObjectProvider provider) {
        requestProvider = Optional.of(provider);
    }

    /** Begins a request, none of whose objects is made yet. The caller closes it when the request has ended. */
    public RequestObjects begin(Object request) {
        var objects = new RequestObjects(current);
        requestProvider.ifPresent(provider -> objects.put(provider, request));
        return objects;
    }

    /** The code with the objects of the request that this thread runs now, on any thread that calls it later. */
    public <T> UnaryOperator<T> carry(UnaryOperator<T> code) {
        RequestObjects objects = current.get();
        return objects == null ? code : value -> objects.call(() -> code.apply(value));
    }

    RequestObjects current(ObjectProvider provider) {
        RequestObjects objects = current.get();
        if (objects == null) {
            throw new ObjectCreationException(
                    provider,
                    new IllegalStateException("There is one for each request, and this thread runs the handler of none."
                            + " Ask for it in the handler's method, and pass it on to other threads"));
        }
        return objects;
    }
}
