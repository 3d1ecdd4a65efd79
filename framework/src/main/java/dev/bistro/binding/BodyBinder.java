package dev.bistro.binding;

import dev.bistro.body.RequestReader;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.validation.Violation;
import java.util.List;

/** Binds the request's body, or the form that has been read from it. */
record BodyBinder(RequestReader reader) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        return reader.read(request);
    }

    @Override
    public InvalidValue invalid(Request request, List<Violation.Step> path, String detail) {
        String pointer = JsonPointer.of(path, (owner, property) -> reader.nameOf(request, owner, property));
        return new InvalidValue(InvalidValue.In.BODY, pointer, detail);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
