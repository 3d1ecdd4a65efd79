package dev.bistro.body.json;

import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON, by generated code where there is some, and by Jackson otherwise. The decision record {@code json.md} says what
 * is strict and what isn't, and why; {@code generated-json.md} says which of the two is used.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonCodec implements BodyCodec {
    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private static final String ADJUSTED = "settings, modules or customizers change how JSON looks";

    /** Types by which the framework itself writes: each value by its class. */
    private static final Set<Type> ANYTHING = Set.of(Object.class, Map.class);

    private final Supplier<JacksonCodec> jackson;
    private final boolean looksAhead;
    private final Optional<GeneratedTypes> generated;

    /** The usual codec. */
    public JsonCodec() {
        this(new Lazy<>(() -> JacksonCodec.usual()), false, Optional.of(new GeneratedTypes(List.of())));
    }

    /**
     * A codec that reads and writes by Jackson or generated code.
     *
     * @param jackson needed where generated code isn't used
     * @param looksAhead whether Jackson looks at each type that is written, before there is a value
     * @param generated the types that generated code writes; empty if Jackson does it in another way than the usual one
     */
    JsonCodec(Supplier<JacksonCodec> jackson, boolean looksAhead, Optional<GeneratedTypes> generated) {
        this.jackson = jackson;
        this.looksAhead = looksAhead;
        this.generated = generated;
    }

    /** The usual one without generated code, for applications of which it isn't known what they change of JSON. */
    public static JsonCodec byJackson() {
        return new JsonCodec(new Lazy<>(() -> JacksonCodec.usual()), false, Optional.empty());
    }

    /**
     * The module that reads and writes the application's classes: an application that is a module opens its packages to
     * it.
     */
    public static Module module() {
        return JsonMapper.class.getModule();
    }

    /** What reads and writes, for whoever describes how values look in JSON. */
    public JsonMapper mapper() {
        return jackson.get().mapper();
    }

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    // ---- reading

    @Override
    public Optional<BodyReader> reader(Type type) {
        if (readingObstacle(type).isPresent()) {
            return jackson.get().reader(type);
        }
        var byJackson = new Lazy<>(() -> jackson.get().reader(type).orElseThrow());
        if (generated.orElseThrow().hasDefaults(type)) {
            byJackson.get(); // says what is wrong with a default
        }
        return Optional.of(new GeneratedReader(generated.orElseThrow(), type, byJackson));
    }

    /** Why Jackson reads values of a type, and no generated code, for people; empty if generated code does. */
    public Optional<String> readingObstacle(Type type) {
        return generated.map(types -> types.readingObstacle(type)).orElse(Optional.of(ADJUSTED));
    }

    // ---- writing

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        boolean isAny = ANYTHING.contains(type) && generated.isPresent();
        if (!isAny && writingObstacle(type).isPresent()) {
            return jackson.get().writer(type);
        }
        var byJackson = new Lazy<>(() -> jackson.get().writer(type).orElseThrow());
        if (looksAhead) {
            byJackson.get();
        }
        return Optional.of(new GeneratedWriter(generated.orElseThrow(), byJackson));
    }

    /** Why Jackson writes values of a type, and no generated code, for people; empty if generated code does. */
    public Optional<String> writingObstacle(Type type) {
        return generated.map(types -> types.obstacle(type)).orElse(Optional.of(ADJUSTED));
    }
}
