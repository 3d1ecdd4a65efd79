package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All codecs of an application, in the order in which they are asked: the first that can, does.
 *
 * <pre>{@code
 * BodyCodecs.standard().writer(Product.class, List.of());   // application/json, and a writer of products
 * }</pre>
 */
public final class BodyCodecs implements BodyReaders {
    private final List<BodyCodec> codecs;

    /** These codecs, in this order. */
    public BodyCodecs(List<BodyCodec> codecs) {
        this.codecs = List.copyOf(codecs);
    }

    /** Strings as text, byte arrays as they are, pages as HTML, all else as JSON. */
    public static BodyCodecs standard() {
        return new BodyCodecs(List.of(new TextCodec(), new BytesCodec(), new HtmlCodec(), new JsonCodec()));
    }

    /** These codecs, and before them another. */
    public BodyCodecs with(BodyCodec first) {
        var all = new ArrayList<BodyCodec>(List.of(first));
        all.addAll(codecs);
        return new BodyCodecs(all);
    }

    /**
     * Reads requests' bodies as a type.
     *
     * @param consumes the media types that are accepted; none for all that the codecs read as this type
     * @return empty if a value of this type can't be made of one of them
     */
    @Override
    public Optional<RequestReader> reader(Type type, List<MediaType> consumes) {
        var accepted = new ArrayList<ContentTypeReader.Accepted>();
        if (consumes.isEmpty()) {
            codecs.forEach(codec -> codec.reader(type)
                    .ifPresent(reader -> codec.mediaTypes()
                            .forEach(mediaType -> accepted.add(new ContentTypeReader.Accepted(mediaType, reader)))));
        }
        for (MediaType mediaType : consumes) {
            Optional<BodyReader> reader = reader(type, mediaType);
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            accepted.add(new ContentTypeReader.Accepted(mediaType, reader.get()));
        }
        return accepted.isEmpty() ? Optional.empty() : Optional.of(new ContentTypeReader(accepted));
    }

    /** Reads bytes of one media type as a type, wherever they come from; empty if no codec can. */
    public Optional<BodyReader> reader(Type type, MediaType consumed) {
        return codecs.stream()
                .filter(codec -> codec.mediaTypes().stream()
                        .anyMatch(known -> known.includes(consumed) || consumed.includes(known)))
                .flatMap(codec -> codec.reader(type).stream())
                .findFirst();
    }

    /**
     * Writes values of a type.
     *
     * @param produces the media types that are wanted, the dearest first; none for what the type's codec likes best
     * @return empty if no codec writes the type as one of them
     */
    public Optional<MediaWriter> writer(Type type, List<MediaType> produces) {
        List<MediaType> wanted = produces.isEmpty() ? List.of(MediaType.ANY) : produces;
        return wanted.stream()
                .flatMap(mediaType -> codecs.stream().flatMap(codec -> writerOf(codec, type, mediaType).stream()))
                .findFirst();
    }

    private static Optional<MediaWriter> writerOf(BodyCodec codec, Type type, MediaType wanted) {
        if (wanted.equals(MediaType.ANY)) {
            return written(codec, type, codec.mediaTypes().get(0));
        }
        return codec.mediaTypes().stream()
                .filter(known -> known.includes(wanted))
                .findFirst()
                .flatMap(known -> written(codec, type, wanted.withDefaults(known)));
    }

    private static Optional<MediaWriter> written(BodyCodec codec, Type type, MediaType mediaType) {
        return codec.writer(type, mediaType).map(writer -> new MediaWriter(mediaType, writer));
    }

    /** The codecs' names in their order, for a message: {@code TextCodec, BytesCodec, JsonCodec}. */
    @Override
    public String toString() {
        return codecs.stream().map(codec -> codec.getClass().getSimpleName()).collect(Collectors.joining(", "));
    }
}
