package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** An {@link Optional}: what is in it, or a 404 like any other. */
final class OptionalWriter implements ValueWriter {
    private final ResultOrigin source;
    private final ValueWriter content;

    OptionalWriter(ResultOrigin source, ValueWriter content) {
        this.source = source;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        var optional = (Optional<?>) source.requireValue(value);
        if (optional.isEmpty()) {
            throw new NotFoundException("There is nothing at this address");
        }
        return content.write(request, status, own, optional.get());
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
