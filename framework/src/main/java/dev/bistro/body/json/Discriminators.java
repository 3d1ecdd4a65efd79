package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The members by which the records of a sealed type are told apart in JSON, as the annotation processor knows them:
 * {@code @JsonTypeInfo(use = NAME, property = "type")} with a name for each in {@code @JsonSubTypes}.
 */
final class Discriminators {
    /** The names of the annotations, which aren't loaded where there are none. */
    static final Set<String> ANNOTATIONS =
            Set.of("com.fasterxml.jackson.annotation.JsonTypeInfo", "com.fasterxml.jackson.annotation.JsonSubTypes");

    private Discriminators() {}

    /** What a record's shape has for it: {@code ;type=card}; empty if there is none. */
    static String of(Class<?> record) {
        List<Class<?>> bases =
                above(record).distinct().filter(Discriminators::isAnnotated).toList();
        return bases.size() == 1 ? of(record, bases.get(0)) : "";
    }

    private static String of(Class<?> record, Class<?> base) {
        JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes listed = base.getAnnotation(JsonSubTypes.class);
        if (info == null || listed == null || info.use() != JsonTypeInfo.Id.NAME) {
            return "";
        }
        return Arrays.stream(listed.value())
                .filter(one -> one.value() == record)
                .map(one -> ";" + info.property() + "=" + one.name())
                .findFirst()
                .orElse("");
    }

    private static Stream<Class<?>> above(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).flatMap(one -> Stream.concat(Stream.of(one), above(one)));
    }

    private static boolean isAnnotated(Class<?> type) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .anyMatch(one -> ANNOTATIONS.contains(one.annotationType().getName()));
    }
}
