package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** A field of the form, which was read before. */
record FormSource(String name) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.FORM;
    }

    @Override
    public Optional<String> first(Request request) {
        return RequestForm.of(request).field(name);
    }

    @Override
    public List<String> all(Request request) {
        return RequestForm.of(request).fields(name);
    }
}
