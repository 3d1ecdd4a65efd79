package dev.bistro.openapi.schema;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.types.Types;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas of one document. Trees that come from here refer to components, whose names are only known at the end:
 *
 * <pre>{@code
 * Map<String, Object> schema = schemas.output(Item.class);   // refers to a component
 * schemas.resolve(schema);                                   // {"$ref": "#/components/schemas/Item"}
 * schemas.components();                                      // {"Item": {"type": "object", …}}
 * }</pre>
 *
 * <p>For use by one thread.
 */
public final class Schemas {
    private final JsonMapper mapper;
    private final Components components = new Components();
    private final WrittenSchemas written;
    private final ReadSchemas read;

    /**
     * Schemas of the values that a codec reads and writes.
     *
     * @param words the descriptions
     */
    public Schemas(JsonCodec codec, SchemaWords words) {
        this.mapper = codec.mapper();
        var notes = new SchemaNotes(words);
        this.written = new WrittenSchemas(mapper._serializationContext(), components, notes);
        this.read = new ReadSchemas(readingContext(), components, notes, new ReadScalars(mapper), written);
    }

    private DeserializationContext readingContext() {
        try (JsonParser none = mapper.createParser("null")) {
            return mapper._deserializationContext().assignParser(none);
        }
    }

    /** The schema of values that are read. */
    public Map<String, Object> input(Type type) {
        return read.of(mapper.constructType(type));
    }

    /** The schema of values that are written. */
    public Map<String, Object> output(Type type) {
        return written.of(mapper.constructType(type));
    }

    /**
     * The schema of a text that is converted to a value, such as a parameter of a query string.
     *
     * @param byApplication whether a converter of the application does it, of which no more is known
     */
    public Map<String, Object> text(Type type, boolean byApplication) {
        Class<?> raw = Types.raw(type);
        if (byApplication) {
            return Trees.of("type", "string");
        }
        if (raw == Optional.class) {
            return text(Types.argument(type), false);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return Trees.of("type", "array", "items", text(Types.argument(type), false));
        }
        if (raw.isArray()) {
            return Trees.of("type", "array", "items", text(raw.getComponentType(), false));
        }
        JavaType java = mapper.constructType(raw);
        return java.isEnumType()
                ? Trees.of("type", "string", "enum", TextConstants.of(raw))
                : ScalarSchemas.ofText(raw);
    }

    /** A schema of input with the keywords of constraints that are checked. */
    public Map<String, Object> constrained(
            Map<String, Object> schema, List<Annotation> constraints, AnnotatedElement declared) {
        return ConstraintKeywords.of(schema, constraints, ConstraintKeywords.type(declared));
    }

    /** A schema that refers to one by its name, which no class has; it is made unless it is there. */
    public Map<String, Object> named(String name, Map<String, Object> schema) {
        return components.refer(name, () -> schema);
    }

    /** A value as it is written, as a tree. */
    public Object value(Object value) {
        return Trees.plain(mapper.valueToTree(value));
    }

    /** A tree with the addresses of the components that it refers to. */
    public Object resolve(Object tree) {
        return components.named().resolve(tree);
    }

    /** The components by name. */
    public Map<String, Object> components() {
        return components.named().all();
    }
}
