package dev.bistro.body.json;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.body.json.StandardValues.ValueWriter;
import dev.bistro.json.generated.JsonInput;
import dev.bistro.json.generated.JsonOutput;
import dev.bistro.types.CanonicalConstructor;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The types whose JSON needs no Jackson: those of the JDK that are known, and those for which the annotation processor
 * has written code. A class's code is used only if that of all its parts can be.
 */
final class GeneratedTypes implements JsonOutput.Values, JsonInput.Values {
    /** Classes whose objects have their text as the name of a map's member. */
    private static final Set<Class<?>> KEYS = Set.of(String.class, Integer.class, Long.class, UUID.class);

    private final List<Class<?>> converted;

    private final ClassValue<KnownType> known = new ClassValue<>() {
        @Override
        protected KnownType computeValue(Class<?> type) {
            for (Class<?> one : converted) {
                if (one.isAssignableFrom(type)) {
                    return KnownType.obstacle(TypeNames.of(one) + " has a converter");
                }
            }
            return KnownType.of(type);
        }
    };

    private final ClassValue<ValueWriter> writers = new ClassValue<>() {
        @Override
        protected ValueWriter computeValue(Class<?> type) {
            Optional<String> obstacle = obstacleOf(type);
            return obstacle.isPresent()
                    ? KnownType.refusing(obstacle.get())
                    : known.get(type).writer();
        }
    };

    /**
     * @param conversions those of the application's converters, whose types have a form of their own in JSON
     */
    GeneratedTypes(List<JsonConversion> conversions) {
        converted = conversions.stream()
                .<Class<?>>map(one -> Types.raw(one.type()))
                .filter(type -> !type.getName().startsWith("java."))
                .toList();
    }

    // ---- what can be written

    /** Why values of a declared type aren't written by generated code, for people; empty if they are. */
    Optional<String> obstacle(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeParameters().length == 0
                    ? obstacleOf(plain)
                    : Optional.of("it isn't declared what is in " + TypeNames.withArticle(plain));
        }
        if (type instanceof WildcardType wildcard) {
            return obstacle(Types.upperBound(wildcard));
        }
        return type instanceof ParameterizedType parameterized
                ? obstacle(parameterized)
                : Optional.of(TypeNames.of(type) + " isn't known");
    }

    private Optional<String> obstacle(ParameterizedType type) {
        Class<?> raw = Types.raw(type);
        Optional<String> own = obstacleOf(raw);
        Type[] arguments = type.getActualTypeArguments();
        for (int i = 0; own.isEmpty() && i < arguments.length; i++) {
            own = i == 0 && Map.class.isAssignableFrom(raw) ? obstacleOfKey(arguments[i]) : obstacle(arguments[i]);
        }
        return own;
    }

    private Optional<String> obstacleOfKey(Type key) {
        return key instanceof Class<?> plain && (KEYS.contains(plain) || plain.isEnum())
                ? obstacle(key)
                : Optional.of(TypeNames.withArticle(key) + " is the key of a map");
    }

    private Optional<String> obstacleOf(Class<?> type) {
        for (Class<?> part : reached(MethodType.methodType(type).wrap().returnType())) {
            String why = known.get(part).obstacle();
            if (!why.isEmpty()) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    /** A class with all that is in its values. */
    private List<Class<?>> reached(Class<?> type) {
        var reached = new ArrayList<Class<?>>(List.of(type));
        for (int i = 0; i < reached.size(); i++) {
            for (Class<?> part : known.get(reached.get(i)).parts()) {
                if (!reached.contains(part)) {
                    reached.add(part);
                }
            }
        }
        return reached;
    }

    // ---- what can be read

    /** Why values of a declared type aren't read by generated code, for people; empty if they are. */
    Optional<String> readingObstacle(Type type) {
        boolean isRead = contents(type).isPresent()
                || !held(type).isEmpty()
                || type instanceof Class<?> plain && (plain.isRecord() || plain.isSealed());
        return isRead ? readingObstacleOfPart(type) : Optional.of(TypeNames.of(type) + " is no record");
    }

    private Optional<String> readingObstacleOfPart(Type type) {
        Optional<Type> contents = contents(type);
        if (contents.isPresent()) {
            return readingObstacleOfPart(contents.get());
        }
        List<Type> held = held(type);
        if (!(type instanceof Class<?>) && held.isEmpty()) {
            return Optional.of(TypeNames.of(type) + " isn't read");
        }
        Optional<String> obstacle = obstacle(type);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        for (Class<?> part : reached(Types.raw(type))) {
            String why = known.get(part).readingObstacle();
            if (!why.isEmpty()) {
                return Optional.of(why);
            }
        }
        return held.stream()
                .flatMap(argument -> readingObstacleOfPart(argument).stream())
                .findFirst();
    }

    /** What stands for the variables of a generic record; empty for other types. */
    private static List<Type> held(Type type) {
        return type instanceof ParameterizedType parameterized
                        && Types.raw(type).isRecord()
                ? Arrays.stream(parameterized.getActualTypeArguments())
                        .map(Types::upperBound)
                        .toList()
                : List.of();
    }

    /** What is in a list, a set or a map by texts; empty for other types. */
    private static Optional<Type> contents(Type type) {
        if (!(type instanceof ParameterizedType parameterized)) {
            return Optional.empty();
        }
        Type[] arguments = parameterized.getActualTypeArguments();
        Class<?> raw = Types.raw(type);
        if (raw == Map.class) {
            return arguments[0] == String.class ? Optional.of(Types.upperBound(arguments[1])) : Optional.empty();
        }
        return raw == List.class || raw == Set.class || raw == Collection.class
                ? Optional.of(Types.upperBound(arguments[0]))
                : Optional.empty();
    }

    /** Whether a record in values of a declared type has a default, which is looked at when the application starts. */
    boolean hasDefaults(Type type) {
        Optional<Type> contents = contents(type);
        return contents.isPresent()
                ? hasDefaults(contents.get())
                : hasDefaults(Types.raw(type)) || held(type).stream().anyMatch(this::hasDefaults);
    }

    private boolean hasDefaults(Class<?> type) {
        return reached(type).stream()
                .filter(Class::isRecord)
                .flatMap(part -> Arrays.stream(CanonicalConstructor.of(part).getParameters()))
                .anyMatch(parameter -> parameter.isAnnotationPresent(DefaultValue.class));
    }

    // ---- reading and writing

    /** Reads values of a declared type, where there is no obstacle to that. */
    Function<JsonInput, Object> reader(Type type) {
        Optional<Type> contents = contents(type);
        if (contents.isEmpty()) {
            return held(type).isEmpty() ? known.get(Types.raw(type)).reader() : genericReader(type);
        }
        Function<JsonInput, Object> held = reader(contents.get());
        Class<?> raw = Types.raw(type);
        if (raw == Map.class) {
            return in -> readMap(in, held);
        }
        return raw == Set.class
                ? in -> readInto(new LinkedHashSet<>(), in, held)
                : in -> readInto(new ArrayList<>(), in, held);
    }

    private Function<JsonInput, Object> genericReader(Type type) {
        List<Function<JsonInput, Object>> held =
                held(type).stream().map(this::reader).toList();
        KnownType.GenericReader generic = known.get(Types.raw(type)).generic();
        return in -> generic.read(in, held);
    }

    private static Object readInto(Collection<Object> all, JsonInput in, Function<JsonInput, Object> element) {
        in.openArray();
        while (in.hasElement(all.isEmpty())) {
            all.add(element.apply(in));
        }
        return all;
    }

    private static Object readMap(JsonInput in, Function<JsonInput, Object> value) {
        var all = new LinkedHashMap<String, Object>();
        in.openObject();
        while (in.hasMember(all.isEmpty())) {
            if (all.put(in.key(), value.apply(in)) != null) {
                throw JsonInput.unusual();
            }
        }
        return all;
    }

    @Override
    public Object read(Class<?> type, JsonInput in) {
        return known.get(type).reader().apply(in);
    }

    @Override
    public void write(Object value, JsonOutput out) {
        writers.get(value.getClass()).write(value, out);
    }

    @Override
    public String name(Object key) {
        return KEYS.contains(key.getClass())
                ? key.toString()
                : known.get(key.getClass())
                        .label(key)
                        .orElseThrow(() -> new IllegalArgumentException("No name is known of such a key"));
    }

    @Override
    public void requirePlain(Class<?> collection) {
        String obstacle = known.get(collection).obstacle();
        if (!obstacle.isEmpty() || !Collection.class.isAssignableFrom(collection)) {
            throw new IllegalArgumentException(obstacle);
        }
    }
}
