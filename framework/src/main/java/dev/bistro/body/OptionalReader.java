package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** Reads a body that may be left out: without a single byte there is no value, whatever {@code Content-Type} says. */
record OptionalReader(RequestReader reader) implements RequestReader {
    @Override
    public Object read(Request request) {
        return request.body().length == 0 ? Optional.empty() : reader.read(request);
    }

    @Override
    public Optional<String> nameOf(Request request, Class<?> owner, String property) {
        return reader.nameOf(request, owner, property);
    }

    @Override
    public List<MediaType> mediaTypes() {
        return reader.mediaTypes();
    }

    @Override
    public List<MediaType> broughtTypes() {
        return reader.broughtTypes();
    }
}
