package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** A cookie. */
record CookieSource(String name) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.COOKIE;
    }

    @Override
    public Optional<String> first(Request request) {
        return request.cookies().first(name);
    }

    @Override
    public List<String> all(Request request) {
        return request.cookies().all(name);
    }
}
