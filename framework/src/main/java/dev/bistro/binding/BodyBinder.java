package dev.bistro.binding;

import dev.bistro.body.RequestReader;
import dev.bistro.http.Request;

/** Binds the request's body. */
record BodyBinder(RequestReader reader) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        return reader.read(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
