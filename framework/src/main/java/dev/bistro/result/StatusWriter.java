package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/**
 * A value that has a status of its own, which comes before the method's, and before the 200 that a response around it
 * has where nothing was said.
 */
final class StatusWriter implements ValueWriter {
    private final Status ownStatus;
    private final boolean inResponse;
    private final ValueWriter content;

    /**
     * @param inResponse whether it is in a response, whose status is meant if it is another than 200
     */
    StatusWriter(Status ownStatus, boolean inResponse, ValueWriter content) {
        this.ownStatus = ownStatus;
        this.inResponse = inResponse;
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        boolean isSaid = inResponse && status != Status.OK;
        return content.write(request, isSaid ? status : ownStatus, own, value);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
