package dev.bistro.inject;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the objects of requests are found: the thread that runs a request's handler has that request's objects. Other threads have none, so a handler that
 * goes on elsewhere takes the objects along.
 */
public final class RequestScope {
    private final ThreadLocal<RequestObjects> current = new ThreadLocal<>();
    private Optional<Maker> seed = Optional.empty();

    RequestScope() {}

    /** Has requests bring what this maker stands for; at startup. */
    void setSeed(Maker maker) {
        seed = Optional.of(maker);
    }

    /** A request begins: none of its objects is made yet. The caller closes it when nothing more is done for the request. */
    public RequestObjects begin(Object request) {
        var objects = new RequestObjects(current);
        seed.ifPresent(maker -> objects.put(maker, request));
        return objects;
    }

    /** The code with the objects of the request that this thread runs, on whatever thread it is called. */
    public <T> UnaryOperator<T> carry(UnaryOperator<T> code) {
        RequestObjects objects = current.get();
        return objects == null ? code : value -> objects.call(() -> code.apply(value));
    }

    RequestObjects current(Maker asked) {
        RequestObjects objects = current.get();
        if (objects == null) {
            throw new ObjectCreationException(
                    asked,
                    new IllegalStateException("There is one for each request, and this thread runs the handler of none."
                            + " Ask for it in the handler's method, and pass it on to other threads"));
        }
        return objects;
    }
}
