package dev.bistro.openapi.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bistro.http.ProblemDetail;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.util.TokenBuffer;

/**
 * How values are written: by the serializers that the application's mapper has, each of which tells what it writes to a
 * visitor ({@link WrittenShape}). A value whose class can be extended is described by its declared type, of which its
 * class has at least the properties; one of a sealed type by all that this permits.
 */
final class WrittenSchemas {
    private final SerializationContext context;
    private final Components components;
    private final SchemaNotes notes;

    WrittenSchemas(SerializationContext context, Components components, SchemaNotes notes) {
        this.context = context;
        this.components = components;
        this.notes = notes;
    }

    /** The schema of values of a type. */
    Map<String, Object> of(JavaType type) {
        return of(type, null, null);
    }

    /**
     * The schema of a property's values.
     *
     * @param known its serializer; null if that of the type is it
     * @param property null where there is none
     */
    Map<String, Object> of(JavaType type, ValueSerializer<?> known, BeanProperty property) {
        if (type.isReferenceType()) {
            return Trees.orNull(of(type.getContentType(), null, property));
        }
        if (ScalarSchemas.isOptionalNumber(type.getRawClass())) {
            return Trees.orNull(ScalarSchemas.ofText(type.getRawClass()));
        }
        if (type.isJavaLangObject()) {
            return Trees.of();
        }
        if (type.hasRawClass(ProblemDetail.class)) {
            return components.refer("Problem", Problems::schema);
        }
        try {
            Optional<Subtypes> typed = typed(type);
            if (typed.isPresent()) {
                return typed(type, typed.get());
            }
            return isSealedByApplication(type) ? permitted(type) : untyped(type, known, property);
        } catch (JacksonException unknown) {
            return Trees.of(); // what can't be written is reported elsewhere
        }
    }

    /** Newer JDKs seal classes such as {@code ByteBuffer}, whose permitted ones are nobody's concern. */
    private static boolean isSealedByApplication(JavaType type) {
        Class<?> raw = type.getRawClass();
        return raw.isSealed() && type.isAbstract() && !raw.getPackageName().startsWith("java.");
    }

    // ---- values of several types

    private Optional<Subtypes> typed(JavaType type) {
        TypeSerializer typed = type.isContainerType() ? null : context.findTypeSerializer(type);
        return Optional.ofNullable(typed)
                .map(known -> Subtypes.of(
                        type,
                        known.getTypeInclusion(),
                        Optional.ofNullable(known.getPropertyName()).filter(name -> !name.isEmpty()),
                        known.getTypeIdResolver(),
                        context));
    }

    /** The names of the classes that values of a type may be of: reading knows the same. */
    TypeIdResolver typeIds(JavaType type) {
        return context.findTypeSerializer(type).getTypeIdResolver();
    }

    private Map<String, Object> typed(JavaType type, Subtypes subtypes) {
        boolean isAlone = subtypes.all().size() == 1 && !type.isAbstract();
        if (subtypes.all().isEmpty()) {
            return Trees.of("type", "object");
        }
        if (isAlone) {
            return subtypes.wrapped(untyped(type, null, null), subtypes.id(type).orElseThrow());
        }
        return components.refer(
                new Component(type, Direction.OUTPUT, true),
                () -> notes.describe(subtypes.union(one -> untyped(one, null, null)), type.getRawClass()));
    }

    private Map<String, Object> permitted(JavaType type) {
        return components.refer(new Component(type, Direction.OUTPUT, true), () -> {
            var choices = new ArrayList<Object>();
            for (Class<?> one : Subtypes.permitted(type.getRawClass())) {
                choices.add(of(context.constructSpecializedType(type, one)));
            }
            return notes.describe(Trees.of("anyOf", choices), type.getRawClass());
        });
    }

    // ---- values of one type

    private Map<String, Object> untyped(JavaType type, ValueSerializer<?> known, BeanProperty property) {
        ValueSerializer<?> serializer = known == null ? context.findPrimaryPropertySerializer(type, property) : known;
        Optional<Map<String, Object>> special = special(type, serializer);
        if (special.isPresent()) {
            return special.get();
        }
        var shape = new WrittenShape(this, context, property);
        serializer.acceptJsonFormatVisitor(shape, type);
        return switch (shape.kind()) {
            case OBJECT -> object(shape.type(), serializer, property);
            case VALUES -> constants(shape.type(), shape.schema(), serializer, property);
            default -> shape.schema();
        };
    }

    /** What its serializer tells in a way that isn't true, or not at all. */
    private Optional<Map<String, Object>> special(JavaType type, ValueSerializer<?> serializer) {
        Class<?> raw = type.getRawClass();
        boolean isJacksons = Origin.isJacksons(serializer);
        if (isJacksons && (raw == byte[].class || ByteBuffer.class.isAssignableFrom(raw))) {
            return Optional.of(Trees.of("type", "string", "contentEncoding", "base64"));
        }
        if (isJacksons && raw == char[].class) {
            return Optional.of(Trees.of("type", "string"));
        }
        if (isJacksons && Map.Entry.class.isAssignableFrom(raw)) {
            return Optional.of(entry(of(type.containedTypeOrUnknown(1))));
        }
        if (serializer.usesObjectId() || !Origin.tellsItsShape(serializer)) {
            return Optional.of(Trees.of());
        }
        return Origin.isOfArrays(serializer) ? Optional.of(Trees.of("type", "array")) : JsonTrees.schema(raw);
    }

    /** The schema of an object with one property of any name. */
    static Map<String, Object> entry(Map<String, Object> value) {
        return Trees.of("type", "object", "additionalProperties", value, "minProperties", 1, "maxProperties", 1);
    }

    private Map<String, Object> object(JavaType type, ValueSerializer<?> serializer, BeanProperty property) {
        if (property != null && !names(serializer).equals(names(context.findPrimaryPropertySerializer(type, null)))) {
            return body(type, serializer); // this property leaves some out
        }
        return components.refer(new Component(type, Direction.OUTPUT, false), () -> body(type, serializer));
    }

    private static List<String> names(ValueSerializer<?> serializer) {
        var names = new ArrayList<String>();
        serializer.properties().forEachRemaining(writer -> names.add(writer.getName()));
        return names;
    }

    private Map<String, Object> body(JavaType type, ValueSerializer<?> serializer) {
        var object = new ObjectSchema();
        Optional<Subtypes> typed = typed(type).filter(Subtypes::isProperty);
        typed.flatMap(known -> known.id(type))
                .ifPresent(id -> object.addType(typed.get().property(), id));
        serializer.acceptJsonFormatVisitor(new WrittenProperties(this, context, type, notes, object), type);
        AnnotatedMember any = context.introspectBeanDescription(type).findAnyGetter();
        if (any != null) {
            object.allowOthers(
                    any.getType().getContentType() == null
                            ? Trees.of()
                            : of(any.getType().getContentType()));
        }
        return notes.describe(object.schema(), type.getRawClass());
    }

    // ---- constants

    private Map<String, Object> constants(
            JavaType type, Map<String, Object> schema, ValueSerializer<?> serializer, BeanProperty property) {
        List<Object> values = written(type, serializer);
        boolean isUsual =
                property == null || values.equals(written(type, context.findPrimaryPropertySerializer(type, null)));
        if (values.stream().allMatch(Number.class::isInstance)) {
            schema.put("type", "integer");
        }
        schema.put("enum", values);
        return isUsual && !type.getRawClass().getName().startsWith("java.")
                ? components.refer(
                        new Component(type, Direction.OUTPUT, false), () -> notes.describe(schema, type.getRawClass()))
                : schema;
    }

    /** The constants of an enum as they are written: nothing else tells how. */
    @SuppressWarnings("unchecked") // a serializer is given values of its own type
    private List<Object> written(JavaType type, ValueSerializer<?> serializer) {
        var values = new ArrayList<Object>();
        for (Object constant : constants(type)) {
            try (TokenBuffer buffer = context.bufferForValueConversion()) {
                ((ValueSerializer<Object>) serializer).serialize(constant, buffer, context);
                values.add(Origin.tree(buffer));
            }
        }
        return values.stream().distinct().toList();
    }

    /** The names that an enum's constants have as keys of maps. */
    private List<Object> keys(JavaType type) {
        var keys = new ArrayList<Object>();
        ValueSerializer<Object> serializer = context.findKeySerializer(type, null);
        for (Object constant : constants(type)) {
            try (TokenBuffer buffer = context.bufferForValueConversion()) {
                buffer.writeStartObject();
                serializer.serialize(constant, buffer, context);
                buffer.writeNull();
                buffer.writeEndObject();
                keys.addAll(((Map<?, ?>) Origin.tree(buffer)).keySet());
            }
        }
        return keys;
    }

    /** The schema of the keys of a map; empty if they are any texts. */
    Map<String, Object> keyNames(JavaType key) {
        if (key == null) {
            return Trees.of();
        }
        if (key.isEnumType()) {
            return Trees.of("enum", keys(key));
        }
        Map<String, Object> text = ScalarSchemas.ofText(key.getRawClass());
        boolean isText = "string".equals(text.remove("type"));
        return isText ? text : Trees.of();
    }

    private static Object[] constants(JavaType type) {
        Class<?> raw = type.getRawClass();
        Object[] constants = raw.getEnumConstants();
        return constants == null ? raw.getSuperclass().getEnumConstants() : constants; // a constant with a body
    }

    /** Whether each value has a property, where those are left out that say nothing. */
    static boolean isAlways(JavaType type, JsonInclude.Include inclusion) {
        boolean isOptional = type.isReferenceType() || ScalarSchemas.isOptionalNumber(type.getRawClass());
        return switch (inclusion) {
            case ALWAYS, USE_DEFAULTS, NON_NULL -> true; // an empty Optional is no null in Java
            case NON_ABSENT -> !isOptional;
            case NON_EMPTY ->
                !isOptional && !type.isContainerType() && !CharSequence.class.isAssignableFrom(type.getRawClass());
            default -> false;
        };
    }

    /** The type by which a property is written. */
    static JavaType type(BeanProperty property) {
        return property instanceof BeanPropertyWriter writer && writer.getSerializationType() != null
                ? writer.getSerializationType()
                : property.getType();
    }
}
