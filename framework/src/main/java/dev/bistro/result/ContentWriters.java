package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.body.MediaWriter;
import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.file.FileResponse;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.RoomWriter;
import dev.bistro.http.spi.ServerRequest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writers that make the body themselves; {@link WrappingWriters} leave that to another one. */
final class ContentWriters {
    private ContentWriters() {}

    /** {@code void}: no body, and therefore no content type. */
    static ValueWriter noBody(Headers annotated) {
        RouteHeaders headers = RouteHeaders.of(annotated);
        return ValueWriter.of(
                ResultDescription.of(Content.NONE, void.class, Optional.empty()),
                (request, status, own, value) -> Response.of(status, headers.with(status, own), Payload.NONE));
    }

    /**
     * A value that a codec writes as a whole: JSON, text, bytes.
     *
     * @param described what it is
     */
    static ValueWriter encoded(ResponseAnnotations annotations, MediaWriter codec, ResultDescription described) {
        ResultOrigin origin = annotations.origin();
        RouteHeaders headers = RouteHeaders.of(annotations.headers(), codec.mediaType());
        BodyWriter writer = codec.writer();
        if (writer instanceof RoomWriter inRoom) {
            return ValueWriter.of(codec.mediaType(), described, (request, status, own, value) -> {
                Object there = origin.requireValue(value);
                Payload body = request instanceof ServerRequest served
                        ? served.payload(inRoom, there)
                        : new BytesPayload(inRoom.write(there));
                return Response.of(status, headers.with(status, own), body);
            });
        }
        return ValueWriter.of(codec.mediaType(), described, (request, status, own, value) -> {
            byte[] body = writer.write(origin.requireValue(value));
            return Response.of(status, headers.with(status, own), new BytesPayload(body));
        });
    }

    /** A payload is sent as it is, with a content type if the method or the response names one. */
    static ValueWriter payload(ResponseAnnotations annotations) {
        ResultOrigin origin = annotations.origin();
        RouteHeaders untyped = RouteHeaders.of(annotations.headers());
        RouteHeaders typed = annotations
                .produces()
                .map(type -> RouteHeaders.of(annotations.headers(), type))
                .orElse(untyped);
        var described = ResultDescription.of(Content.BYTES, Payload.class, annotations.produces());
        return ValueWriter.of(described, (request, status, own, value) -> {
            var payload = (Payload) origin.requireValue(value);
            RouteHeaders headers = payload == Payload.NONE ? untyped : typed;
            return Response.of(status, headers.with(status, own), payload);
        });
    }

    /** An {@link InputStream} is read as fast as the client takes it, and then closed. */
    static ValueWriter inputStream(ResponseAnnotations annotations) {
        return stream(
                annotations,
                InputStream.class,
                value -> new PulledPayload(new InputStreamBody((InputStream) value), OptionalLong.empty()));
    }

    /** A {@link StreamingBody} writes by itself, and waits for the client while it does. */
    static ValueWriter streamingBody(ResponseAnnotations annotations) {
        return stream(
                annotations,
                StreamingBody.class,
                value -> new StreamPayload((StreamingBody) value, OptionalLong.empty()));
    }

    private static ValueWriter stream(
            ResponseAnnotations annotations, Class<?> type, Function<Object, Payload> payloads) {
        ResultOrigin origin = annotations.origin();
        MediaType produced = annotations.produces().orElse(MediaType.OCTETS);
        RouteHeaders headers = RouteHeaders.of(annotations.headers(), produced);
        var described = ResultDescription.of(Content.BYTES, type, Optional.of(produced));
        return ValueWriter.of(
                described,
                (request, status, own, value) ->
                        Response.of(status, headers.with(status, own), payloads.apply(origin.requireValue(value))));
    }

    /** A file by its path. */
    static ValueWriter path(ResponseAnnotations annotations) {
        return file(annotations, Path.class, value -> FileResponse.of((Path) value));
    }

    /** A file, and what the response says about it. */
    static ValueWriter fileResponse(ResponseAnnotations annotations) {
        return file(annotations, FileResponse.class, FileResponse.class::cast);
    }

    private static ValueWriter file(
            ResponseAnnotations annotations, Class<?> type, Function<Object, FileResponse> files) {
        ResultOrigin origin = annotations.origin();
        Optional<MediaType> produced = annotations.produces();
        return ValueWriter.of(ResultDescription.ofFile(type, produced), (request, status, own, value) -> {
            FileResponse file = files.apply(origin.requireValue(value)).withDefaults(annotations.headers());
            if (produced.isPresent()) {
                file = file.as(produced.get());
            }
            for (int i = 0; i < own.size(); i++) {
                file = file.withHeader(own.name(i), own.value(i));
            }
            return file.answer(request, status);
        });
    }
}
