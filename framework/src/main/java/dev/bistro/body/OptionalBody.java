package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A body that may be missing: none at all, or a JSON null. */
final class OptionalBody {
    private static final List<MediaType> JSON = List.of(MediaType.JSON, MediaType.of("application", "*+json"));

    private OptionalBody() {}

    /** What an {@code Optional} holds; empty for any other type. */
    static Optional<Type> content(Type type) {
        return type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
                ? Optional.of(optional.getActualTypeArguments()[0])
                : Optional.empty();
    }

    static RequestReader of(RequestReader content) {
        return new RequestReader() {
            @Override
            public Object read(Request request) {
                boolean isMissing = request.body().length == 0
                        || isNull(request.body(), request.contentType().orElse(MediaType.OCTETS));
                return isMissing ? Optional.empty() : Optional.of(content.read(request));
            }

            @Override
            public List<MediaType> mediaTypes() {
                return content.mediaTypes();
            }
        };
    }

    static BodyReader of(BodyReader content) {
        return (body, mediaType) -> body.length == 0 || isNull(body, mediaType)
                ? Optional.empty()
                : Optional.of(content.read(body, mediaType));
    }

    private static boolean isNull(byte[] body, MediaType mediaType) {
        return JSON.stream().anyMatch(range -> range.includes(mediaType))
                && body.length < 100
                && new String(body, StandardCharsets.ISO_8859_1).strip().equals("null");
    }
}
