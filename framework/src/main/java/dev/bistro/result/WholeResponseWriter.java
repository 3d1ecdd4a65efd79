package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A {@link Response}: its own status and headers come first; its body is written as its type would be, or there is none. */
final class WholeResponseWriter implements ValueWriter {
    private final ResultOrigin source;
    private final ValueWriter bodyWriter;
    private final ValueWriter noBodyWriter;

    WholeResponseWriter(ResultOrigin source, ValueWriter bodyWriter, ValueWriter noBodyWriter) {
        this.source = source;
        this.bodyWriter = bodyWriter;
        this.noBodyWriter = noBodyWriter;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        var response = (Response<?>) source.requireValue(value);
        Optional<?> body = response.body();
        return Validators.compared(
                request,
                body.isPresent()
                        ? bodyWriter.write(request, response.status(), response.headers(), body.get())
                        : noBodyWriter.write(request, response.status(), response.headers(), response));
    }

    @Override
    public Optional<MediaType> mediaType() {
        return bodyWriter.mediaType();
    }
}
