package dev.bistro.openapi.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * How values are read: by the deserializers that the application's mapper has. They don't tell what they read, as
 * serializers tell what they write, so they are looked at: those of objects have properties, those of collections have
 * elements, and those of single values are given a value of each kind ({@link ReadScalars}).
 */
final class ReadSchemas {
    private final DeserializationContext context;
    private final Components components;
    private final SchemaNotes notes;
    private final ReadScalars scalars;
    private final WrittenSchemas written;

    ReadSchemas(
            DeserializationContext context,
            Components components,
            SchemaNotes notes,
            ReadScalars scalars,
            WrittenSchemas written) {
        this.context = context;
        this.components = components;
        this.notes = notes;
        this.scalars = scalars;
        this.written = written;
    }

    /** The schema of values of a type. */
    Map<String, Object> of(JavaType type) {
        return of(type, null, null);
    }

    /**
     * The schema of a property's values.
     *
     * @param known its deserializer; null if that of the type is it
     * @param property null where there is none
     */
    Map<String, Object> of(JavaType type, ValueDeserializer<?> known, BeanProperty property) {
        if (type.isReferenceType()) {
            return Trees.orNull(of(type.getContentType(), null, property));
        }
        if (ScalarSchemas.isOptionalNumber(type.getRawClass())) {
            return Trees.orNull(ScalarSchemas.ofText(type.getRawClass()));
        }
        if (type.isJavaLangObject()) {
            return Trees.of();
        }
        try {
            Optional<Subtypes> typed = typed(type);
            return typed.isPresent() ? typed(type, typed.get()) : untyped(type, known, property);
        } catch (JacksonException unknown) {
            return Trees.of(); // what can't be read is reported elsewhere
        }
    }

    /** A value as it is written. */
    Object written(Object value) {
        return scalars.written(value);
    }

    // ---- values of several types

    private Optional<Subtypes> typed(JavaType type) {
        TypeDeserializer typed = type.isContainerType() ? null : context.findTypeDeserializer(type);
        return Optional.ofNullable(typed)
                .map(known -> Subtypes.of(
                        type,
                        known.getTypeInclusion(),
                        Optional.ofNullable(known.getPropertyName()).filter(name -> !name.isEmpty()),
                        written.typeIds(type),
                        context));
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
                new Component(type, Direction.INPUT, true),
                () -> notes.describe(subtypes.union(one -> untyped(one, null, null)), type.getRawClass()));
    }

    // ---- values of one type

    private Map<String, Object> untyped(JavaType type, ValueDeserializer<?> known, BeanProperty property) {
        ValueDeserializer<?> whole = known == null ? context.findContextualValueDeserializer(type, property) : known;
        ValueDeserializer<?> deserializer = bare(whole);
        if (!Origin.isJacksons(deserializer) || deserializer instanceof AbstractDeserializer) {
            return Trees.of();
        }
        if (deserializer instanceof StdConvertingDeserializer<?> converting && converting.getDelegatee() != null) {
            Class<?> raw = converting.getDelegatee().handledType();
            return raw == null ? Trees.of() : of(context.constructType(raw), converting.getDelegatee(), null);
        }
        Optional<Map<String, Object>> special = special(type, deserializer);
        if (special.isPresent()) {
            return special.get();
        }
        if (deserializer instanceof BeanDeserializerBase bean) {
            return bean(type, bean);
        }
        if (type.isEnumType() && !Origin.isOurs(deserializer)) {
            return constants(type, whole);
        }
        if (Origin.isOurs(deserializer)) {
            return Trees.of("type", "string"); // by a converter
        }
        return type.isContainerType() ? container(type, deserializer) : scalars.of(type, whole, property);
    }

    /** Without those of ours and of Jackson's around it that read the same. */
    private static ValueDeserializer<?> bare(ValueDeserializer<?> deserializer) {
        ValueDeserializer<?> bare = deserializer;
        while (Origin.isJacksons(bare) && !(bare instanceof StdConvertingDeserializer) && bare.getDelegatee() != null) {
            bare = bare.getDelegatee();
        }
        return bare;
    }

    private Optional<Map<String, Object>> special(JavaType type, ValueDeserializer<?> deserializer) {
        Class<?> raw = type.getRawClass();
        if (Map.Entry.class.isAssignableFrom(raw)) {
            return Optional.of(WrittenSchemas.entry(of(type.containedTypeOrUnknown(1))));
        }
        if (raw == byte[].class || java.nio.ByteBuffer.class.isAssignableFrom(raw)) {
            return Optional.of(Trees.of("type", "string", "contentEncoding", "base64"));
        }
        if (raw == char[].class) {
            return Optional.of(Trees.of("type", "string"));
        }
        return Origin.isOfArrays(deserializer) ? Optional.of(Trees.of("type", "array")) : JsonTrees.schema(raw);
    }

    // ---- containers

    private Map<String, Object> container(JavaType type, ValueDeserializer<?> deserializer) {
        ValueDeserializer<?> content = deserializer instanceof ContainerDeserializerBase<?> container
                ? container.getContentDeserializer()
                : null;
        JavaType element = type.getContentType();
        Map<String, Object> items = element == null ? Trees.of() : of(element, content, null);
        if (type.isMapLikeType()) {
            Map<String, Object> schema = Trees.of("type", "object");
            Map<String, Object> names = written.keyNames(type.getKeyType());
            if (!names.isEmpty()) {
                schema.put("propertyNames", names);
            }
            schema.put("additionalProperties", items);
            return schema;
        }
        Map<String, Object> schema = Trees.of("type", "array");
        if (Set.class.isAssignableFrom(type.getRawClass())) {
            schema.put("uniqueItems", true);
        }
        schema.put("items", items);
        return schema;
    }

    // ---- constants

    private Map<String, Object> constants(JavaType type, ValueDeserializer<?> deserializer) {
        Map<String, Object> usual = written.of(type);
        Map<String, Object> schema = usual.get("$ref") instanceof Component one ? components.body(one) : usual;
        List<Object> read = new ArrayList<>();
        if (schema.get("enum") instanceof List<?> values) {
            values.stream().filter(value -> scalars.reads(deserializer, value)).forEach(read::add);
        }
        if (read.isEmpty()) {
            return Trees.of(); // by a factory of its own, which takes anything
        }
        boolean isSame = schema.get("enum").equals(read);
        if (isSame && schema != usual) {
            return components.refer(new Component(type, Direction.INPUT, false), () -> schema);
        }
        Map<String, Object> own = Trees.of("type", schema.get("type"), "enum", read);
        return isSame ? schema : own;
    }

    // ---- objects

    private Map<String, Object> properties(JavaType type, BeanDeserializerBase bean) {
        return new ReadProperties(this, context, type, bean, notes)
                .schema(typed(type).filter(Subtypes::isProperty));
    }

    private static List<String> names(ValueDeserializer<?> deserializer) {
        var names = new ArrayList<String>();
        if (deserializer instanceof BeanDeserializerBase bean) {
            bean.properties().forEachRemaining(property -> names.add(property.getName()));
        }
        return names;
    }

    private Map<String, Object> bean(JavaType type, BeanDeserializerBase bean) {
        ValueInstantiator maker = bean.getValueInstantiator();
        JavaType delegate = maker.getDelegateType(context.getConfig());
        JavaType array = maker.getArrayDelegateType(context.getConfig());
        if (delegate != null || array != null) {
            return of(delegate == null ? array : delegate);
        }
        if (maker.canCreateUsingDefault() || maker.canCreateFromObjectWith()) {
            return names(bean).equals(names(bare(context.findContextualValueDeserializer(type, null))))
                    ? components.refer(new Component(type, Direction.INPUT, false), () -> properties(type, bean))
                    : properties(type, bean); // of a property that leaves some out
        }
        return scalars.of(type, bean, null);
    }
}
