package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.function.Function;

/** Binds the request's body, or the form that has been read from it. */
record BodyBinder(Function<Request, Object> read) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        return read.apply(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
