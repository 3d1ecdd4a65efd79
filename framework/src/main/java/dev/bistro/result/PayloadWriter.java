package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A payload: it goes as it is, with a content type if the method or the response names one. */
final class PayloadWriter implements ValueWriter {
    private final ResultOrigin source;
    private final Head typed;
    private final Head untyped;

    PayloadWriter(ResultOrigin source, Headers annotated, Optional<MediaType> produced) {
        this.source = source;
        this.untyped = Head.of(annotated);
        this.typed = produced.map(type -> Head.of(annotated, type)).orElse(untyped);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        var payload = (Payload) source.requireValue(value);
        Head head = payload == Payload.NONE ? untyped : typed;
        return Response.of(status, head.with(status, own), payload);
    }
}
