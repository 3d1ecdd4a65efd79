package dev.bistro.observe.tracing;

import dev.bistro.http.Headers;
import dev.bistro.http.spi.ServerRequest;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;

/**
 * What propagators read of a request: its header fields. A field that is there more than once is one list, as it is for
 * {@code tracestate} and {@code baggage}; a {@code traceparent} isn't well-formed then, and counts as not sent.
 */
final class HeaderFields implements TextMapGetter<ServerRequest> {
    static final HeaderFields GETTER = new HeaderFields();

    private HeaderFields() {}

    @Override
    @SuppressWarnings("deprecation") // older versions of the API have it without a default
    public Iterable<String> keys(ServerRequest request) {
        Headers headers = request.headers();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            names.add(headers.name(i));
        }
        return names;
    }

    @Override
    public String get(ServerRequest request, String name) {
        if (request == null) {
            return null; // as the interface has it
        }
        Headers headers = request.headers();
        int index = headers.indexOf(name, 0);
        if (index < 0 || headers.indexOf(name, index + 1) < 0) {
            return index < 0 ? null : headers.value(index);
        }
        return String.join(",", headers.all(name));
    }
}
