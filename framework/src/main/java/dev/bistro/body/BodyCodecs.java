package dev.bistro.body;

import dev.bistro.http.MediaType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All codecs of an application in the order in which they are asked: the first that can read or write a type does.
 *
 * <pre>{@code
 * StandardCodecs.create().writer(Product.class, List.of());   // application/json, and a writer of products
 * }</pre>
 */
public final class BodyCodecs implements BodyReaders {
    private final List<BodyCodec> codecs;
    private final List<BodyCodec> usual;
    private final List<BodyCodec> brought;
    private final List<BodyCodec> unmade;

    /** These codecs, in this order. */
    public BodyCodecs(List<BodyCodec> codecs) {
        this(codecs, codecs, List.of(), List.of());
    }

    /**
     * @param codecs in the order in which they are asked for a media type
     * @param usual in the order in which their media types come where none was asked for
     * @param brought those that aren't Bistro's own
     * @param unmade stand-ins, which are asked where none of the others reads or writes
     */
    private BodyCodecs(List<BodyCodec> codecs, List<BodyCodec> usual, List<BodyCodec> brought, List<BodyCodec> unmade) {
        this.codecs = List.copyOf(codecs);
        this.usual = List.copyOf(usual);
        this.brought = List.copyOf(brought);
        this.unmade = List.copyOf(unmade);
    }

    /** Codecs for strings as text, byte arrays as they are and pages as HTML; this codec takes everything else. */
    public static BodyCodecs of(BodyCodec others) {
        return new BodyCodecs(List.of(new TextCodec(), new BytesCodec(), new HtmlCodec(), others));
    }

    /**
     * These codecs and others, which are asked first. What is read and written where no media type was asked for
     * doesn't change.
     */
    public BodyCodecs with(List<BodyCodec> others) {
        return new BodyCodecs(joined(others, codecs), joined(usual, others), joined(others, brought), unmade);
    }

    /**
     * These codecs, and at last stand-ins for others, of which no object is made in an application that isn't started:
     * what only those can tell stays open.
     */
    public BodyCodecs orElse(List<BodyCodec> standIns) {
        return new BodyCodecs(joined(codecs, standIns), usual, joined(brought, standIns), standIns);
    }

    private static List<BodyCodec> joined(List<BodyCodec> first, List<BodyCodec> second) {
        var joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
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
            for (BodyCodec codec :
                    firstOf(usual, unmade, codec -> reader(codec, type).isPresent())) {
                for (MediaType mediaType : codec.mediaTypes()) {
                    readerOf(type, known -> known.includes(mediaType))
                            .ifPresent(found -> accepted.add(accepted(mediaType, found)));
                }
            }
        }
        for (MediaType mediaType : consumes) {
            Optional<Found> found = find(type, mediaType);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            accepted.add(accepted(mediaType, found.get()));
        }
        return accepted.isEmpty() ? Optional.empty() : Optional.of(reader(type, accepted, untyped(type)));
    }

    /** A reader, and the codec that it is of. */
    private record Found(BodyCodec codec, BodyReader reader) {}

    private ContentTypeReader.Accepted accepted(MediaType mediaType, Found found) {
        return new ContentTypeReader.Accepted(mediaType, found.reader, brought.contains(found.codec));
    }

    private static RequestReader reader(
            Type type, List<ContentTypeReader.Accepted> accepted, Optional<MediaType> untyped) {
        var reader = new ContentTypeReader(accepted, untyped);
        return held(type).isEmpty() ? reader : new OptionalReader(reader);
    }

    /**
     * The media type of a body that names none, if such a body is accepted (RFC 9110, section 8.3). Bytes can't be
     * misunderstood; any other reader has to know what they are.
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
        return find(type, consumed).map(Found::reader);
    }

    private Optional<Found> find(Type type, MediaType consumed) {
        return readerOf(type, known -> known.includes(consumed) || consumed.includes(known));
    }

    /** The reader of the first codec that has such a media type and reads the type. */
    private Optional<Found> readerOf(Type type, Predicate<MediaType> fits) {
        for (BodyCodec codec : codecs) {
            Optional<BodyReader> reader = hasOne(codec, fits) ? reader(codec, type) : Optional.empty();
            if (reader.isPresent()) {
                return Optional.of(new Found(codec, reader.get()));
            }
        }
        return Optional.empty();
    }

    private static boolean hasOne(BodyCodec codec, Predicate<MediaType> fits) {
        for (MediaType known : codec.mediaTypes()) {
            if (fits.test(known)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The codec's reader of a type. An Optional that the codec doesn't know itself, as JSON does because of null, has a
     * value wherever there is a body.
     */
    private static Optional<BodyReader> reader(BodyCodec codec, Type type) {
        Optional<BodyReader> known = codec.reader(type);
        if (known.isPresent()) {
            return Optional.of(new GuardedReader(known.get(), codec.getClass()));
        }
        Optional<Type> held = held(type);
        return held.isEmpty() ? known : reader(codec, held.get()).map(HeldReader::new);
    }

    /**
     * A writer of values of a type.
     *
     * @param produces the media types that are wanted, in order of preference; none for the first of the type's codec
     * @return empty if no codec writes the type as one of them
     */
    public Optional<MediaWriter> writer(Type type, List<MediaType> produces) {
        List<MediaType> wanted = produces.isEmpty() || produces.contains(MediaType.ANY) ? usualTypes(type) : produces;
        for (MediaType mediaType : wanted) {
            for (BodyCodec codec : codecs) {
                Optional<MediaWriter> writer = writerOf(codec, type, mediaType);
                if (writer.isPresent()) {
                    return writer;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a codec that isn't Bistro's own writes values of a type as this media type. */
    public boolean isBrought(Type type, MediaType written) {
        return !brought.isEmpty()
                && codecs.stream()
                        .filter(codec -> writerOf(codec, type, written).isPresent())
                        .findFirst()
                        .filter(brought::contains)
                        .isPresent();
    }

    /**
     * A writer of values as JSON whose type is known only at request time, each by its class; a {@code String} is a
     * JSON string.
     */
    public BodyWriter anyJson() {
        return new AnyJsonWriter(this);
    }

    /** A writer of values of a declared type as JSON, a {@code String} as a JSON string; empty if no codec can. */
    public Optional<BodyWriter> json(Type type) {
        return type == Object.class || type == String.class || type == byte[].class
                ? Optional.of(anyJson())
                : writer(type, List.of(MediaType.JSON)).map(MediaWriter::writer);
    }

    /** Those that fit, or if none does, those of the others. */
    private static List<BodyCodec> firstOf(List<BodyCodec> some, List<BodyCodec> others, Predicate<BodyCodec> fits) {
        List<BodyCodec> fitting = fitting(some, fits);
        return fitting.isEmpty() ? fitting(others, fits) : fitting;
    }

    private static List<BodyCodec> fitting(List<BodyCodec> some, Predicate<BodyCodec> fits) {
        var fitting = new ArrayList<BodyCodec>();
        for (BodyCodec codec : some) {
            if (fits.test(codec)) {
                fitting.add(codec);
            }
        }
        return fitting;
    }

    /** The media types in which the codecs write a type where no media type was asked for. */
    private List<MediaType> usualTypes(Type type) {
        var usualTypes = new ArrayList<MediaType>();
        for (BodyCodec codec : firstOf(
                usual,
                unmade,
                codec -> codec.writer(type, codec.mediaTypes().get(0)).isPresent())) {
            usualTypes.add(codec.mediaTypes().get(0));
        }
        return usualTypes;
    }

    private static Optional<MediaWriter> writerOf(BodyCodec codec, Type type, MediaType wanted) {
        for (MediaType known : codec.mediaTypes()) {
            if (known.includes(wanted)) {
                return written(codec, type, wanted.withDefaults(known));
            }
        }
        return Optional.empty();
    }

    private static Optional<MediaWriter> written(BodyCodec codec, Type type, MediaType mediaType) {
        Optional<BodyWriter> writer = codec.writer(type, mediaType);
        return writer.isPresent() ? Optional.of(new MediaWriter(mediaType, writer.get())) : Optional.empty();
    }

    /** The codecs' names in their order, for a message: {@code TextCodec, BytesCodec, JsonCodec}. */
    @Override
    public String toString() {
        return codecs.stream().map(codec -> codec.getClass().getSimpleName()).collect(Collectors.joining(", "));
    }
}
