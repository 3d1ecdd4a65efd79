package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * A header field. As many values it is a list field, in which {@code X-Tag: a, b} means the same as two fields: whoever stands between
 * client and server may join them (RFC 9110, section 5.3).
 */
record HeaderSource(String name) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.HEADER;
    }

    @Override
    public Optional<String> first(Request request) {
        return request.header(name);
    }

    @Override
    public List<String> all(Request request) {
        return request.headers().elements(name);
    }
}
