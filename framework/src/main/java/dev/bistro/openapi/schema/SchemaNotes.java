package dev.bistro.openapi.schema;

import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said for people about classes and their properties. */
final class SchemaNotes {
    private static final String DESCRIPTION = "description";

    private final SchemaWords words;

    SchemaNotes(SchemaWords words) {
        this.words = words;
    }

    /** A class's schema with its description. */
    Map<String, Object> describe(Map<String, Object> schema, Class<?> type) {
        return noted(schema, words.of(type), type.isAnnotationPresent(Deprecated.class));
    }

    /** A property's schema with its description. */
    Map<String, Object> describe(Map<String, Object> schema, Class<?> owner, String property) {
        boolean isDeprecated =
                members(owner, property).anyMatch(member -> member.isAnnotationPresent(Deprecated.class));
        return noted(schema, words.of(owner, property), isDeprecated);
    }

    private static Map<String, Object> noted(
            Map<String, Object> schema, Optional<String> description, boolean isDeprecated) {
        var noted = new LinkedHashMap<String, Object>(schema);
        description.ifPresent(text -> noted.put(DESCRIPTION, text));
        if (isDeprecated) {
            noted.put("deprecated", true);
        }
        return noted;
    }

    /** The component, field and getter of a property, as far as there are such. */
    static Stream<AnnotatedElement> members(Class<?> owner, String property) {
        var members = Stream.<AnnotatedElement>builder();
        if (owner.isRecord()) {
            Stream.of(owner.getRecordComponents())
                    .filter(component -> component.getName().equals(property))
                    .forEach(component -> members.add(component).add(component.getAccessor()));
        }
        for (Class<?> type = owner; type != null && type != Object.class; type = type.getSuperclass()) {
            Stream.of(type.getDeclaredFields())
                    .filter(field -> field.getName().equals(property))
                    .forEach(members::add);
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
                    .filter(method -> isGetter(method.getName(), property))
                    .forEach(members::add);
        }
        return members.build();
    }

    private static boolean isGetter(String method, String property) {
        return method.equalsIgnoreCase("get" + property) || method.equalsIgnoreCase("is" + property);
    }
}
