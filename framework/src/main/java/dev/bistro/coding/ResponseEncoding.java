package dev.bistro.coding;

import dev.bistro.http.AcceptEncoding;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.VaryField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Encodes the responses of a target for clients that accept it: those above a size, of compressible types, and neither
 * encoded already nor partial.
 */
final class ResponseEncoding {
    private static final String VARY = "Accept-Encoding";

    private final int minBytes;
    private Eligible last; // null before the first; any thread's

    /**
     * What follows from the fields of a response, which most targets give with each one, as the same object.
     *
     * @param varied the fields with {@code Vary}, if the response may be encoded; otherwise the fields as they are
     */
    private record Eligible(Headers fields, boolean isEligible, Headers varied) {}

    ResponseEncoding(int minBytes) {
        this.minBytes = minBytes;
    }

    Response<Payload> encode(Request request, Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof PendingPayload pending) {
            return response.withBody(pending.map(there -> encode(request, there)));
        }
        if (response.status() == Status.NOT_MODIFIED) {
            return withKnownTag(request, response);
        }
        if (!isEncodable(payload)
                || isSmall(payload)
                || response.status().forbidsBody()
                || response.status() == Status.PARTIAL_CONTENT) {
            return response;
        }
        Eligible fields = eligible(response.headers());
        if (!fields.isEligible) {
            return response;
        }
        Response<Payload> varied = response.withHeaders(fields.varied);
        return choose(AcceptEncoding.of(request))
                .map(coding -> encoded(varied, payload, coding))
                .orElse(varied);
    }

    private Eligible eligible(Headers fields) {
        Eligible known = last;
        if (known == null || known.fields != fields) {
            boolean isEligible = isEligible(fields);
            known = new Eligible(fields, isEligible, isEligible ? VaryField.with(fields, VARY) : fields);
            last = known;
        }
        return known;
    }

    /** Live bodies must reach the client at once, and an upgraded connection has no body. */
    private static boolean isEncodable(Payload payload) {
        return payload instanceof BytesPayload
                || payload instanceof BodyRoom
                || payload instanceof PulledPayload
                || payload instanceof StreamPayload;
    }

    private boolean isSmall(Payload payload) {
        return payload instanceof BytesPayload whole && whole.bytes().length < minBytes
                || payload instanceof BodyRoom placed && placed.length() < minBytes
                || payload instanceof PulledPayload pulled && pulled.length().orElse(minBytes) < minBytes
                || payload instanceof StreamPayload stream && stream.length().orElse(minBytes) < minBytes;
    }

    private static boolean isEligible(Headers headers) {
        return !headers.contains("Content-Encoding")
                && !headers.contains("Content-Range")
                && headers.first("Content-Type")
                        .filter(CompressibleTypes::contains)
                        .isPresent()
                && headers.combined("Cache-Control")
                        .filter(value -> value.toLowerCase(Locale.ROOT).contains("no-transform"))
                        .isEmpty();
    }

    /** The coding with the highest quality, the first of several; none if the client accepts none. */
    private static Optional<Coding> choose(AcceptEncoding accepted) {
        Coding best = null;
        int quality = 0;
        for (Coding coding : Coding.values()) {
            if (accepted.quality(coding.token()) > quality) {
                best = coding;
                quality = accepted.quality(coding.token());
            }
        }
        return Optional.ofNullable(best);
    }

    private static Response<Payload> encoded(Response<Payload> response, Payload payload, Coding coding) {
        Response<Payload> marked = withCodedTag(response, coding).withHeader("Content-Encoding", coding.token());
        if (payload instanceof PulledPayload pulled) {
            return marked.withBody(new PulledPayload(new EncodedBody(pulled.body(), coding), OptionalLong.empty()));
        }
        if (payload instanceof StreamPayload stream) {
            return marked.withBody(new StreamPayload(new EncodedStream(stream.writer(), coding), OptionalLong.empty()));
        }
        if (payload instanceof BodyRoom placed) {
            return marked.withBody(new BytesPayload(encode(placed.array(), placed.start(), placed.length(), coding)));
        }
        byte[] bytes = ((BytesPayload) payload).bytes();
        return marked.withBody(new BytesPayload(encode(bytes, 0, bytes.length, coding)));
    }

    /**
     * Gives the encoded body an entity tag of its own, since a strong one stands for exactly the same bytes (RFC 9110,
     * section 8.8.3).
     */
    private static Response<Payload> withCodedTag(Response<Payload> response, Coding coding) {
        return tag(response)
                .map(tag ->
                        response.withHeader("ETag", tag.coded(coding.token()).toString()))
                .orElse(response);
    }

    /**
     * Gives a 304 the tag of the encoded body if that is what the client has, as the 200 would have had it (RFC 9110,
     * section 15.4.5).
     */
    private static Response<Payload> withKnownTag(Request request, Response<Payload> response) {
        Optional<EntityTag> tag = tag(response);
        String known = request.headers().combined("If-None-Match").orElse("");
        return EntityTag.parseList(known).stream()
                .filter(other ->
                        !other.isWeak() && !tag.equals(Optional.of(other)) && tag.equals(Optional.of(other.uncoded())))
                .findFirst()
                .map(coded -> response.withHeader("ETag", coded.toString()))
                .orElse(response);
    }

    private static Optional<EntityTag> tag(Response<Payload> response) {
        return response.headers()
                .first("ETag")
                .flatMap(field -> EntityTag.parseList(field).stream().findFirst());
    }

    private record EncodedStream(StreamingBody plain, Coding coding) implements StreamingBody {
        @Override
        public void writeTo(OutputStream output) throws IOException {
            var encoder = coding.encode(output);
            try {
                plain.writeTo(encoder);
                encoder.finish();
            } finally {
                encoder.end();
            }
        }

        @Override
        public void discard() {
            plain.discard();
        }
    }

    private static byte[] encode(byte[] bytes, int start, int length, Coding coding) {
        var encoded = new ByteArrayOutputStream(length / 4);
        var encoder = coding.encode(encoded);
        try {
            encoder.write(bytes, start, length);
            encoder.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("An array can be written", e);
        } finally {
            encoder.end();
        }
        return encoded.toByteArray();
    }
}
