package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** A parameter of the query string. */
record QuerySource(String name) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.QUERY;
    }

    @Override
    public Optional<String> first(Request request) {
        return request.queryParam(name);
    }

    @Override
    public List<String> all(Request request) {
        return request.queryParams(name);
    }
}
