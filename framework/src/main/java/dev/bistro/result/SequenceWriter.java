package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.MediaWriter;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.types.Types;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An {@link Iterator} or a {@link java.util.stream.Stream} of values: each is written when it is there, so that there may be more of them than fit into
 * memory. Texts, byte arrays and what a codec for another format than JSON writes follow each other as they are; other values are a JSON array, or for {@code application/x-ndjson} a line
 * each, which is sent at once.
 */
final class SequenceWriter implements ValueWriter {
    private static final List<MediaType> JSON = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private static final MediaType NDJSON = MediaType.of("application", "x-ndjson");

    private final ResultOrigin source;
    private final MediaType mediaType;
    private final Head head;
    private final BodyWriter element;
    private final Layout layout;

    private SequenceWriter(Declaration declaration, MediaType mediaType, BodyWriter element, Layout layout) {
        this.source = declaration.source();
        this.mediaType = mediaType;
        this.head = Head.of(declaration.headers(), mediaType);
        this.element = element;
        this.layout = layout;
    }

    /** How the values of a type are written one after the other; empty if they can't be. */
    static Optional<ValueWriter> of(Declaration declaration, Type element, BodyCodecs codecs) {
        Optional<MediaType> produced = declaration.produces();
        boolean lines = produced.filter(NDJSON::includes).isPresent();
        List<MediaType> wanted = lines ? List.of(MediaType.JSON) : declaration.wanted();
        return codecs.writer(element, wanted).map(codec -> create(declaration, codec, lines, Types.raw(element)));
    }

    private static ValueWriter create(Declaration declaration, MediaWriter codec, boolean lines, Class<?> element) {
        boolean json = JSON.stream().anyMatch(range -> range.includes(codec.mediaType()));
        boolean plain = !json || element == String.class || element == byte[].class;
        Layout layout = lines ? Layout.LINES : plain ? Layout.PLAIN : Layout.ARRAY;
        MediaType type = lines ? NDJSON : codec.mediaType();
        return new SequenceWriter(declaration, type, codec.writer(), layout);
    }

    @Override
    public Response<Payload> write(Request request, Status status, Headers own, Object value) {
        source.requireValue(value);
        Iterator<?> values = value instanceof Stream<?> stream ? stream.iterator() : (Iterator<?>) value;
        AutoCloseable resource = value instanceof AutoCloseable closeable ? closeable : () -> {};
        var body = new SequenceBody(values, resource, element, layout);
        return Response.of(status, head.with(status, own), new PulledPayload(body, OptionalLong.empty()));
    }

    @Override
    public Optional<MediaType> mediaType() {
        return Optional.of(mediaType);
    }

    /** What stands around the values. */
    enum Layout {
        PLAIN("", "", "", ""),
        ARRAY("[", ",", "", "]"),
        LINES("", "", "\n", "");

        final byte[] start;
        final byte[] between;
        final byte[] after;
        final byte[] end;

        Layout(String start, String between, String after, String end) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.between = between.getBytes(StandardCharsets.US_ASCII);
            this.after = after.getBytes(StandardCharsets.US_ASCII);
            this.end = end.getBytes(StandardCharsets.US_ASCII);
        }

        /** Whether the client can use a value before the next one is there. */
        boolean isLive() {
            return this == LINES;
        }
    }
}
