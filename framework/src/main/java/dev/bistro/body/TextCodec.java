package dev.bistro.body;

import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes strings in any media type, {@code text/plain} unless another is given: reads the charset that the
 * media type names, or else UTF-8, and writes UTF-8.
 */
public final class TextCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES =
            List.of(MediaType.TEXT, MediaType.parse("text/*;charset=utf-8"), MediaType.ANY);

    private static final Set<Charset> CHARSETS =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    /** The codec. */
    public TextCodec() {}

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public Optional<BodyReader> reader(Type type) {
        return type == String.class
                ? Optional.of((body, mediaType) -> Texts.decode("The body", body, charset(mediaType)))
                : Optional.empty();
    }

    /**
     * The charset of a text of this media type.
     *
     * @throws UnsupportedMediaTypeException if it isn't supported
     */
    static Charset charset(MediaType mediaType) {
        return Texts.charset(mediaType)
                .filter(CHARSETS::contains)
                .orElseThrow(() -> new UnsupportedMediaTypeException(
                        "Text in that charset isn't read here; send utf-8, iso-8859-1 or us-ascii"));
    }

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        return type == String.class && Texts.isUtf8(mediaType)
                ? Optional.of(value -> ((String) value).getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
