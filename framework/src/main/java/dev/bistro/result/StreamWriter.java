package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.PulledPayload;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A body that comes piece by piece: an {@link InputStream}, which is read as the client takes it, and closed then; or a
 * {@link StreamingBody}, which waits for the client.
 */
final class StreamWriter implements ValueWriter {
    private final ResultOrigin source;
    private final Head head;
    private final Function<Object, Payload> payload;

    private StreamWriter(ResultOrigin source, Head head, Function<Object, Payload> payload) {
        this.source = source;
        this.head = head;
        this.payload = payload;
    }

    static StreamWriter ofInput(Declaration declaration) {
        return new StreamWriter(declaration.source(), head(declaration), StreamWriter::pulled);
    }

    static StreamWriter ofCallback(Declaration declaration) {
        return new StreamWriter(declaration.source(), head(declaration), StreamWriter::written);
    }

    private static Payload pulled(Object value) {
        return new PulledPayload(new InputBody((InputStream) value), OptionalLong.empty());
    }

    private static Payload written(Object value) {
        return new StreamPayload((StreamingBody) value, OptionalLong.empty());
    }

    private static Head head(Declaration declaration) {
        Optional<MediaType> produced = declaration.produces();
        return Head.of(declaration.headers(), produced.orElse(MediaType.OCTETS));
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        return Response.of(status, head.with(status, own), payload.apply(source.requireValue(value)));
    }
}
