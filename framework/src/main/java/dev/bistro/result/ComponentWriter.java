package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A record of which one component is the body: it is written as its type would be. */
final class ComponentWriter implements ValueWriter {
    private final ResultOrigin source;
    private final ComponentAccessor component;
    private final ValueWriter content;

    ComponentWriter(ResultOrigin source, ComponentAccessor component, ValueWriter content) {
        this.source = source;
        this.component = component;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        return content.write(request, status, own, component.of(source.requireValue(value)));
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
