package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;

/**
 * A record of which some components are header fields. They are sent with any status; a {@code Response} around it that
 * has such fields comes before them.
 */
record HeadersWriter(ResultOrigin source, List<HeaderComponent> components, ValueWriter content)
        implements ValueWriter {
    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        Object record = source.requireValue(value);
        Headers all = own;
        for (HeaderComponent component : components) {
            all = component.addTo(all, own, record);
        }
        return content.write(request, status, all, record);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
