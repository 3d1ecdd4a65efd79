package dev.bistro.body.json;

import dev.bistro.body.json.StandardValues.ValueWriter;
import dev.bistro.json.generated.GeneratedJson;
import dev.bistro.json.generated.JsonInput;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of a class by itself: how its values are written without Jackson, or why they aren't.
 *
 * @param writer of no use if there is an obstacle
 * @param reader reads values; always by Jackson where there is an obstacle to that
 * @param generic reads values of a generic type; of no use for others
 * @param parts the application's types that its values hold, which have to be known as well
 * @param obstacle for people; empty if there is none
 * @param readingObstacle why values aren't read though they are written; empty if they are read
 */
record KnownType(
        ValueWriter writer,
        Function<JsonInput, Object> reader,
        GenericReader generic,
        List<Class<?>> parts,
        String obstacle,
        String readingObstacle) {
    /** Reads values of a generic type by what reads those of its variables. */
    @FunctionalInterface
    interface GenericReader {
        Object read(JsonInput in, List<Function<JsonInput, Object>> held);
    }

    private KnownType(
            ValueWriter writer,
            Function<JsonInput, Object> reader,
            List<Class<?>> parts,
            String obstacle,
            String readingObstacle) {
        this(writer, reader, (in, held) -> unread(in), parts, obstacle, readingObstacle);
    }

    static KnownType obstacle(String why) {
        return new KnownType(refusing(why), KnownType::unread, List.of(), why, why);
    }

    /** By that of each value's own class. */
    private static KnownType sealed(Class<?> type) {
        ValueWriter none = refusing(TypeNames.of(type) + " has no values");
        List<Class<?>> parts = List.of(type.getPermittedSubclasses());
        return SealedReader.of(type)
                .map(reader -> new KnownType(none, reader, parts, "", ""))
                .orElseGet(() -> new KnownType(none, KnownType::unread, parts, "", unread(type)));
    }

    private static String unread(Class<?> type) {
        return TypeNames.of(type) + " is only written";
    }

    private static Object unread(JsonInput in) {
        throw JsonInput.unusual();
    }

    /** A writer that fails, so that Jackson writes. */
    static ValueWriter refusing(String why) {
        return (value, out) -> {
            throw new IllegalArgumentException(why);
        };
    }

    static KnownType of(Class<?> type) {
        Optional<String> foreign = ForeignAnnotations.of(type);
        if (foreign.isPresent()) {
            return obstacle(foreign.get());
        }
        if (Enum.class.isAssignableFrom(type)) {
            var labels = new EnumLabels(type);
            return new KnownType(labels, labels::read, List.of(), "", "");
        }
        Optional<ValueWriter> standard = StandardValues.of(type);
        if (standard.isPresent()) {
            return StandardReads.has(type)
                    ? new KnownType(standard.get(), in -> StandardReads.read(type, in), List.of(), "", "")
                    : new KnownType(standard.get(), KnownType::unread, List.of(), "", unread(type));
        }
        if (type.isSealed()) {
            return sealed(type);
        }
        return type.isRecord() ? generated(type) : obstacle(TypeNames.of(type) + " is no record");
    }

    /** By the code that the annotation processor has written, if it was for the class as it is now. */
    @SuppressWarnings("unchecked") // the name says of which type it is
    private static KnownType generated(Class<?> type) {
        GeneratedJson<Object> json;
        try {
            String name = type.getName() + GeneratedJson.SUFFIX;
            Constructor<?> constructor =
                    Class.forName(name, true, type.getClassLoader()).getDeclaredConstructor();
            constructor.setAccessible(true);
            json = (GeneratedJson<Object>) constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
            return obstacle("nothing was generated for " + TypeNames.of(type));
        }
        String shape = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(",", "", Discriminators.of(type)));
        if (!json.obstacle().isEmpty()) {
            return obstacle(json.obstacle());
        }
        return shape.equals(json.shape())
                ? new KnownType(json::write, json::read, json::read, json.parts(), "", json.readingObstacle())
                : obstacle(TypeNames.of(type) + " was compiled again without the annotation processor");
    }

    /** The name of a constant as the key of a map; empty if the class isn't an enum. */
    Optional<String> label(Object constant) {
        return writer instanceof EnumLabels labels ? Optional.of(labels.of((Enum<?>) constant)) : Optional.empty();
    }
}
