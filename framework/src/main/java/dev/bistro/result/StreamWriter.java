package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A body that is written piece by piece: an {@link InputStream}, which is closed then, or a {@link Payload.Writer}. */
final class StreamWriter implements ValueWriter {
    private final Source source;
    private final Head head;
    private final Function<Object, Payload.Writer> writer;

    private StreamWriter(Source source, Head head, Function<Object, Payload.Writer> writer) {
        this.source = source;
        this.head = head;
        this.writer = writer;
    }

    static StreamWriter ofInput(Declaration declaration) {
        return new StreamWriter(declaration.source(), head(declaration), value -> new InputBody((InputStream) value));
    }

    static StreamWriter ofCallback(Declaration declaration) {
        return new StreamWriter(declaration.source(), head(declaration), Payload.Writer.class::cast);
    }

    private static Head head(Declaration declaration) {
        Optional<MediaType> produced = declaration.produces();
        return Head.of(declaration.headers(), produced.orElse(MediaType.OCTETS));
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        Payload.Writer body = writer.apply(source.requireValue(value));
        return Response.of(status, head.with(status, own), new Payload.Stream(body, OptionalLong.empty()));
    }
}
