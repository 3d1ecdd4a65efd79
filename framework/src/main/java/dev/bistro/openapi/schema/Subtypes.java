package dev.bistro.openapi.schema;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeIdResolver;

/** The types that a value may be of, and how JSON says which. */
record Subtypes(JsonTypeInfo.As inclusion, String property, boolean isDeduced, List<Subtype> all) {
    /** A class that values may be of, and its name in JSON. */
    record Subtype(JavaType type, String id) {}

    /** Those of a type whose values are written or read with their types. */
    static Subtypes of(
            JavaType base,
            JsonTypeInfo.As inclusion,
            Optional<String> property,
            TypeIdResolver ids,
            DatabindContext context) {
        MapperConfig<?> config = context.getConfig();
        AnnotatedClass annotated = context.introspectClassAnnotations(base.getRawClass());
        AnnotationIntrospector introspector = config.getAnnotationIntrospector();
        JsonTypeInfo.Value info = introspector.findPolymorphicTypeInfo(config, annotated);
        boolean isDeduced = info != null && info.getIdType() == JsonTypeInfo.Id.DEDUCTION;
        var all = new ArrayList<Subtype>();
        for (NamedType named : config.getSubtypeResolver().collectAndResolveSubtypesByClass(config, annotated)) {
            boolean isConcrete = !Modifier.isAbstract(named.getType().getModifiers());
            boolean isKnown = all.stream().anyMatch(one -> one.type.hasRawClass(named.getType()));
            if (isConcrete && !isKnown && base.getRawClass().isAssignableFrom(named.getType())) {
                JavaType type = config.getTypeFactory().constructSpecializedType(base, named.getType());
                all.add(new Subtype(type, isDeduced ? "" : ids.idFromValueAndType(context, null, named.getType())));
            }
        }
        all.sort(Comparator.comparing(Subtype::id).thenComparing(one -> one.type.toCanonical()));
        String told = property.orElse(info == null || info.getPropertyName() == null ? "" : info.getPropertyName());
        return new Subtypes(
                inclusion == null ? JsonTypeInfo.As.PROPERTY : inclusion, told, isDeduced, List.copyOf(all));
    }

    /** Whether the type is a member of the object itself. */
    boolean isProperty() {
        return !isDeduced && (inclusion == JsonTypeInfo.As.PROPERTY || inclusion == JsonTypeInfo.As.EXISTING_PROPERTY);
    }

    /** The name of a class in JSON. */
    Optional<String> id(JavaType type) {
        return all.stream()
                .filter(one -> one.type.hasRawClass(type.getRawClass()))
                .map(Subtype::id)
                .findFirst();
    }

    /** The schema of a value that is of one of these types. */
    Map<String, Object> union(Function<JavaType, Map<String, Object>> schemas) {
        var choices = new ArrayList<Object>();
        var mapping = new LinkedHashMap<String, Object>();
        for (Subtype one : all) {
            Map<String, Object> schema = schemas.apply(one.type);
            choices.add(wrapped(schema, one.id));
            if (!isDeduced && schema.get("$ref") != null) {
                mapping.put(one.id, schema.get("$ref"));
            }
        }
        Map<String, Object> union = Trees.of(isDeduced ? "anyOf" : "oneOf", choices);
        if (isProperty() && mapping.size() == all.size()) {
            union.put("discriminator", Trees.of("propertyName", property, "mapping", mapping));
        }
        return union;
    }

    /** The schema of a value that has its type around it, if that is how it is said. */
    Map<String, Object> wrapped(Map<String, Object> schema, String id) {
        return switch (inclusion) {
            case WRAPPER_OBJECT ->
                Trees.of("type", "object", "properties", Trees.of(id, schema), "required", List.of(id));
            case WRAPPER_ARRAY ->
                Trees.of(
                        "type",
                        "array",
                        "prefixItems",
                        List.of(Trees.of("type", "string", "const", id), schema),
                        "minItems",
                        2,
                        "maxItems",
                        2);
            default -> schema;
        };
    }

    /** The classes that a sealed type permits, and those that they permit, which can be instantiated. */
    static List<Class<?>> permitted(Class<?> sealed) {
        var all = new ArrayList<Class<?>>();
        collect(sealed, all);
        return all;
    }

    private static void collect(Class<?> type, List<Class<?>> all) {
        if (!Modifier.isAbstract(type.getModifiers()) && !all.contains(type)) {
            all.add(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, all);
            }
        } else if (Modifier.isAbstract(type.getModifiers()) && !all.contains(type)) {
            all.add(type); // anybody may extend it, so that no more is known
        }
    }
}
