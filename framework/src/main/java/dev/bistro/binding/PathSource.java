package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** A variable of the route's path. */
record PathSource(String name) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.PATH;
    }

    @Override
    public Optional<String> first(Request request) {
        return request.pathParam(name);
    }

    @Override
    public List<String> all(Request request) {
        return request.pathParam(name).map(List::of).orElse(List.of());
    }
}
