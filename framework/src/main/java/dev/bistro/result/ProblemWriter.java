package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A problem: its status is the response's, unless that is said, and it is of this request unless it says otherwise. */
final class ProblemWriter implements ValueWriter {
    private final ValueWriter content;
    private final boolean statusIsSaid;

    /**
     * @param statusIsSaid whether somebody else says the status: a response around it, or the method
     */
    ProblemWriter(ValueWriter content, boolean statusIsSaid) {
        this.content = content;
        this.statusIsSaid = statusIsSaid;
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        if (!(value instanceof ProblemDetail problem)) {
            return content.write(request, status, own, value);
        }
        boolean isOfRequest =
                problem.instance().isEmpty() && problem.requestId().isEmpty();
        return content.write(
                request,
                statusIsSaid ? status : problem.status(),
                own,
                isOfRequest ? problem.withRequest(request) : problem);
    }

    @Override
    public Optional<MediaType> mediaType() {
        return content.mediaType();
    }
}
