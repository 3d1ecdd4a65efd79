package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A value that has a status of its own, which comes before the method's. */
final class StatusWriter implements ValueWriter {
    private final Status ownStatus;
    private final ValueWriter content;

    StatusWriter(Status ownStatus, ValueWriter content) {
        this.ownStatus = ownStatus;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        return content.write(request, ownStatus, own, value);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
