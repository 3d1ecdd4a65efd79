package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.body.MediaWriter;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.util.Optional;

/** A value that a codec writes: JSON, text, bytes. */
final class EncodedWriter implements ValueWriter {
    private final ResultOrigin source;
    private final Head head;
    private final BodyWriter writer;
    private final MediaType mediaType;

    EncodedWriter(ResultOrigin source, Headers annotated, MediaWriter codec) {
        this.source = source;
        this.head = Head.of(annotated, codec.mediaType());
        this.writer = codec.writer();
        this.mediaType = codec.mediaType();
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        byte[] body = writer.write(source.requireValue(value));
        return Response.of(status, head.with(status, own), new BytesPayload(body));
    }

    @Override
    public Optional<MediaType> mediaType() {
        return Optional.of(mediaType);
    }
}
