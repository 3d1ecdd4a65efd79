package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes byte arrays as they are, in any media type: {@code application/octet-stream} unless another is
 * given.
 */
public final class BytesCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.OCTETS, MediaType.ANY);

    /** The codec. */
    public BytesCodec() {}

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public Optional<BodyReader> reader(Type type) {
        return type == byte[].class ? Optional.of((body, mediaType) -> body) : Optional.empty();
    }

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        return type == byte[].class ? Optional.of(value -> (byte[]) value) : Optional.empty();
    }
}
