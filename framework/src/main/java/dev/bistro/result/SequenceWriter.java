package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.MediaWriter;
import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.http.MediaType;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.types.Types;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Writes an {@link Iterator} or a {@link Stream} value by value, so that there may be more of them than fit into
 * memory. Texts, byte arrays and the output of codecs for other formats than JSON are concatenated; other values become
 * a JSON array, or for {@code application/x-ndjson} a line each, which is sent at once.
 */
final class SequenceWriter {
    private static final List<MediaType> JSON = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private static final MediaType NDJSON = MediaType.of("application", "x-ndjson");

    private SequenceWriter() {}

    /** The writer for sequences of a type; empty if no codec writes that. */
    static Optional<ValueWriter> of(ResponseAnnotations annotations, Type element, BodyCodecs codecs) {
        Optional<MediaType> produced = annotations.produces();
        boolean lines = produced.filter(NDJSON::includes).isPresent();
        List<MediaType> wanted = lines ? List.of(MediaType.JSON) : annotations.wanted();
        return codecs.writer(element, wanted)
                .map(codec -> create(annotations, codec, lines, element, codecs.isBrought(element, codec.mediaType())));
    }

    private static ValueWriter create(
            ResponseAnnotations annotations, MediaWriter codec, boolean lines, Type type, boolean byApplication) {
        Class<?> element = Types.raw(type);
        boolean json = JSON.stream().anyMatch(range -> range.includes(codec.mediaType()));
        boolean plain = !json || element == String.class || element == byte[].class;
        SequenceBody.Delimiters delimiters = lines
                ? SequenceBody.Delimiters.LINES
                : plain ? SequenceBody.Delimiters.NONE : SequenceBody.Delimiters.ARRAY;
        MediaType written = lines ? NDJSON : codec.mediaType();
        RouteHeaders headers = RouteHeaders.of(annotations.headers(), written);
        Content content = lines ? Content.LINES : plain ? Content.CONCATENATION : Content.ARRAY;
        ResultDescription described = ResultDescription.of(content, type, Optional.of(written))
                .map(response -> response.withApplication(byApplication));
        return ValueWriter.of(written, described, (request, status, own, value) -> {
            annotations.origin().requireValue(value);
            Iterator<?> values = value instanceof Stream<?> stream ? stream.iterator() : (Iterator<?>) value;
            AutoCloseable resource = value instanceof AutoCloseable closeable ? closeable : () -> {};
            var body = new SequenceBody(values, resource, codec.writer(), delimiters);
            return Response.of(status, headers.with(status, own), new PulledPayload(body, OptionalLong.empty()));
        });
    }
}
