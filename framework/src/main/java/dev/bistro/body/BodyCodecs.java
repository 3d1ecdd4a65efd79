package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All codecs of an application, in the order in which they are asked: the first that can, does.
 *
 * <pre>{@code
 * StandardCodecs.create().writer(Product.class, List.of());   // application/json, and a writer of products
 * }</pre>
 */
public final class BodyCodecs implements BodyReaders {
    private final List<BodyCodec> codecs;
    private final List<BodyCodec> usual;

    /** These codecs, in this order. */
    public BodyCodecs(List<BodyCodec> codecs) {
        this(codecs, codecs);
    }

    /**
     * @param codecs in the order in which they are asked for a media type
     * @param usual in the order in which their media types come where none was asked for
     */
    private BodyCodecs(List<BodyCodec> codecs, List<BodyCodec> usual) {
        this.codecs = List.copyOf(codecs);
        this.usual = List.copyOf(usual);
    }

    /** Strings as text, byte arrays as they are, pages as HTML, all else by this codec. */
    public static BodyCodecs of(BodyCodec others) {
        return new BodyCodecs(List.of(new TextCodec(), new BytesCodec(), new HtmlCodec(), others));
    }

    /** These codecs and others: they are asked first, but what is read and written where no media type was asked for stays as it is. */
    public BodyCodecs with(List<BodyCodec> others) {
        return new BodyCodecs(joined(others, codecs), joined(usual, others));
    }

    private static List<BodyCodec> joined(List<BodyCodec> first, List<BodyCodec> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
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
            usual.stream()
                    .filter(codec -> reader(codec, type).isPresent())
                    .flatMap(codec -> codec.mediaTypes().stream())
                    .forEach(mediaType -> readerOf(type, known -> known.includes(mediaType))
                            .ifPresent(reader -> accepted.add(new ContentTypeReader.Accepted(mediaType, reader))));
        }
        for (MediaType mediaType : consumes) {
            Optional<BodyReader> reader = reader(type, mediaType);
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            accepted.add(new ContentTypeReader.Accepted(mediaType, reader.get()));
        }
        return accepted.isEmpty() ? Optional.empty() : Optional.of(reader(type, accepted, untyped(type)));
    }

    private static RequestReader reader(
            Type type, List<ContentTypeReader.Accepted> accepted, Optional<MediaType> untyped) {
        var reader = new ContentTypeReader(accepted, untyped);
        return held(type).isEmpty() ? reader : new OptionalReader(reader);
    }

    /**
     * RFC 9110, section 8.3: what a body without a media type is taken for. Bytes can't be misunderstood; whoever wants
     * more has to be told what it is.
     */
    private static Optional<MediaType> untyped(Type type) {
        return held(type).orElse(type) == byte[].class ? Optional.of(MediaType.OCTETS) : Optional.empty();
    }

    /** The type of what an {@link Optional} holds; empty for any other type. */
    private static Optional<Type> held(Type type) {
        return type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
                ? Optional.of(optional.getActualTypeArguments()[0])
                : Optional.empty();
    }

    /** Reads bytes of one media type as a type, wherever they come from; empty if no codec can. */
    public Optional<BodyReader> reader(Type type, MediaType consumed) {
        return readerOf(type, known -> known.includes(consumed) || consumed.includes(known));
    }

    /** The reader of the first codec that has such a media type and reads the type. */
    private Optional<BodyReader> readerOf(Type type, Predicate<MediaType> fits) {
        return codecs.stream()
                .filter(codec -> codec.mediaTypes().stream().anyMatch(fits))
                .flatMap(codec -> reader(codec, type).stream())
                .findFirst();
    }

    /**
     * A codec may know of optional values by itself, as that of JSON does, which has a null; for others there is a
     * value wherever there is a body.
     */
    private static Optional<BodyReader> reader(BodyCodec codec, Type type) {
        Optional<BodyReader> known = codec.reader(type).map(reader -> new GuardedReader(reader, codec.getClass()));
        Optional<Type> held = held(type);
        return known.isPresent() || held.isEmpty()
                ? known
                : reader(codec, held.get())
                        .map(reader -> (body, mediaType) -> Optional.of(reader.read(body, mediaType)));
    }

    /**
     * Writes values of a type.
     *
     * @param produces the media types that are wanted, the dearest first; none for what the type's codec likes best
     * @return empty if no codec writes the type as one of them
     */
    public Optional<MediaWriter> writer(Type type, List<MediaType> produces) {
        List<MediaType> wanted = produces.isEmpty() || produces.contains(MediaType.ANY) ? usualTypes(type) : produces;
        return wanted.stream()
                .flatMap(mediaType -> codecs.stream().flatMap(codec -> writerOf(codec, type, mediaType).stream()))
                .findFirst();
    }

    /**
     * Writes values as JSON whose type is known only when they are there, each by its class; a {@code String} as a JSON
     * string.
     */
    public BodyWriter anyJson() {
        return new AnyJsonWriter(this);
    }

    /** Writes values of a declared type as JSON, a {@code String} as a JSON string; empty if no codec can. */
    public Optional<BodyWriter> json(Type type) {
        return type == Object.class || type == String.class || type == byte[].class
                ? Optional.of(anyJson())
                : writer(type, List.of(MediaType.JSON)).map(MediaWriter::writer);
    }

    /** What the codecs write a type as where nothing was asked for. */
    private List<MediaType> usualTypes(Type type) {
        return usual.stream()
                .filter(codec -> codec.writer(type, codec.mediaTypes().get(0)).isPresent())
                .map(codec -> codec.mediaTypes().get(0))
                .toList();
    }

    private static Optional<MediaWriter> writerOf(BodyCodec codec, Type type, MediaType wanted) {
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
