package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        return member(record)
                .map(member -> ";" + member.property + "=" + member.name)
                .orElse("");
    }

    /** A member that all values of one record have, with the text that it has there. */
    record Member(Class<?> base, String property, String name) {}

    /** The one of a record; empty if there is none. */
    static Optional<Member> member(Class<?> record) {
        List<Class<?>> bases =
                above(record).distinct().filter(Discriminators::isAnnotated).toList();
        return bases.size() == 1 ? member(record, bases.get(0)) : Optional.empty();
    }

    private static Optional<Member> member(Class<?> record, Class<?> base) {
        JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes listed = base.getAnnotation(JsonSubTypes.class);
        if (info == null || listed == null || info.use() != JsonTypeInfo.Id.NAME) {
            return Optional.empty();
        }
        return Arrays.stream(listed.value())
                .filter(one -> one.value() == record)
                .map(one -> new Member(base, info.property(), one.name()))
                .findFirst();
    }

    private static Stream<Class<?>> above(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).flatMap(one -> Stream.concat(Stream.of(one), above(one)));
    }

    private static boolean isAnnotated(Class<?> type) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .anyMatch(one -> ANNOTATIONS.contains(one.annotationType().getName()));
    }
}
