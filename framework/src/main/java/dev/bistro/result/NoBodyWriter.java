package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;

/** {@code void}: no body, and so no content type. */
final class NoBodyWriter implements ValueWriter {
    private final Head head;

    NoBodyWriter(Headers annotated) {
        this.head = Head.of(annotated);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        return Response.of(status, head.with(status, own), Payload.NONE);
    }
}
