package dev.bistro.config;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.RecordReader.Component;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.CanonicalConstructor;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Decides how records are read, and finds faults of their declarations. */
final class RecordReaderFactory {
    private static final Map<Class<?>, ValueWrapper> WRAPPERS =
            Map.of(Optional.class, ValueWrapper.OPTIONAL, List.class, ValueWrapper.LIST, Set.class, ValueWrapper.SET);

    /** Where a word of a component's name begins, other than the first. */
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final Problems problems;
    private final Map<Class<?>, Function<Map<String, Object>, Object>> makers;
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /**
     * Faults of declarations are added to the problems.
     *
     * @param makers makes records of these types without reflection
     */
    RecordReaderFactory(Map<Class<?>, Function<Map<String, Object>, Object>> makers, Problems problems) {
        this.makers = makers;
        this.problems = problems;
    }

    /** The reader of a record; empty if it can't be read, and then the problems say why. */
    Optional<RecordReader> create(Class<?> type) {
        Optional<Constructor<?>> constructor = constructor(type);
        open.push(type);
        try {
            var components = new ArrayList<Component>();
            RecordComponent[] declared = type.getRecordComponents();
            Set<String> words = new HashSet<>();
            for (RecordComponent component : declared) {
                words.add(word(component.getName()));
            }
            for (RecordComponent component : declared) {
                Optional<ComponentReader> reader = reader(component, words);
                if (reader.isPresent()) {
                    components.add(new Component(component.getName(), word(component.getName()), reader.get()));
                }
            }
            boolean complete = constructor.isPresent() && components.size() == declared.length;
            return complete
                    ? Optional.of(
                            new RecordReader(constructor.get(), Optional.ofNullable(makers.get(type)), components))
                    : Optional.empty();
        } finally {
            open.pop();
        }
    }

    private Optional<Constructor<?>> constructor(Class<?> type) {
        Constructor<?> constructor = CanonicalConstructor.of(type);
        if (constructor.trySetAccessible()) {
            return Optional.of(constructor);
        }
        problems.add(Problem.of(
                        "closed-package",
                        "Bistro can't call the constructor of " + Place.name(type)
                                + ": its module doesn't open the package.")
                .at(Place.of(type))
                .cure("Add to module-info.java: opens " + type.getPackageName() + " to dev.bistro;"));
        return Optional.empty();
    }

    private Optional<ComponentReader> reader(RecordComponent component, Set<String> words) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return mapReader(component, generic);
        }
        ValueWrapper wrapper = ValueWrapper.NONE;
        if (type instanceof ParameterizedType generic && WRAPPERS.containsKey(generic.getRawType())) {
            wrapper = WRAPPERS.get(generic.getRawType());
            type = generic.getActualTypeArguments()[0];
        }
        Optional<SettingType> simple = SettingTypes.of(type);
        if (simple.isPresent()) {
            return textReader(component, simple.get(), wrapper, words);
        }
        if (type instanceof Class<?> inner && inner.isRecord() && wrapper != ValueWrapper.SET) {
            return recordReader(component, inner, wrapper);
        }
        return unreadable(component);
    }

    private Optional<ComponentReader> unreadable(RecordComponent component) {
        problems.add(Problem.of(
                        "unreadable-type",
                        "A setting can't be read as " + TypeNames.of(component.getGenericType()) + ".")
                .at(Place.of(component))
                .cure("There are: " + SettingTypes.NAMES + "."));
        return Optional.empty();
    }

    private Optional<ComponentReader> mapReader(RecordComponent component, ParameterizedType map) {
        Place place = Place.of(component);
        Optional<SettingType> keys = SettingTypes.of(map.getActualTypeArguments()[0]);
        Type value = map.getActualTypeArguments()[1];
        if (keys.isEmpty()) {
            return unreadable(component);
        }
        Optional<SettingType> simple = SettingTypes.of(value);
        if (simple.isPresent()) {
            refuseDefault(component);
            var element = new TextReader(
                    simple.get(), ValueWrapper.NONE, Optional.empty(), description(component), SecretFile.NONE, place);
            return Optional.of(new MapReader(keys.get(), element, false, place));
        }
        return value instanceof Class<?> inner && inner.isRecord()
                ? recordReader(component, inner, ValueWrapper.NONE)
                        .map(element -> new MapReader(keys.get(), element, true, place))
                : unreadable(component);
    }

    private void refuseDefault(RecordComponent component) {
        if (component.isAnnotationPresent(DefaultValue.class)) {
            problems.add(Problem.of(
                            "useless-default",
                            "@DefaultValue stands on a map of settings, which is empty where nothing is set.")
                    .at(Place.of(component))
                    .cure("Take it off, and let the record's constructor put in what is always there."));
        }
    }

    private static String description(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Description.class))
                .map(Description::value)
                .orElse("");
    }

    private Optional<ComponentReader> textReader(
            RecordComponent component, SettingType type, ValueWrapper wrapper, Set<String> words) {
        Optional<String> defaultText =
                Optional.ofNullable(component.getAnnotation(DefaultValue.class)).map(DefaultValue::value);
        SecretFile secretFile = secretFile(word(component.getName()), type, wrapper, words);
        var reader =
                new TextReader(type, wrapper, defaultText, description(component), secretFile, Place.of(component));
        boolean isGood = defaultText.isEmpty()
                || Placeholders.areIn(defaultText.get()) // then it is checked when the settings are read
                || converts(defaultText.get(), reader);
        return isGood ? Optional.of(reader) : Optional.empty();
    }

    private static SecretFile secretFile(String word, SettingType type, ValueWrapper wrapper, Set<String> words) {
        boolean looksSecret = type.isSecret() || Setting.isSecret(word);
        if (!looksSecret || words.contains(word + SecretFile.SUFFIX)) {
            return SecretFile.NONE;
        }
        return type.isSecret() && (wrapper == ValueWrapper.NONE || wrapper == ValueWrapper.OPTIONAL)
                ? SecretFile.READ
                : SecretFile.REFUSED;
    }

    private boolean converts(String defaultText, TextReader reader) {
        try {
            reader.parse(defaultText);
            return true;
        } catch (RuntimeException notOne) {
            problems.add(Problem.of(
                            "bad-default",
                            "@DefaultValue("
                                    + Setting.shown(defaultText, reader.type().isSecret()) + ") is not "
                                    + reader.expected()
                                    + ".")
                    .at(reader.place()));
            return false;
        }
    }

    private Optional<ComponentReader> recordReader(RecordComponent component, Class<?> inner, ValueWrapper wrapper) {
        if (component.isAnnotationPresent(DefaultValue.class)) {
            problems.add(Problem.of("useless-default", "@DefaultValue stands on a record of settings.")
                    .at(Place.of(component))
                    .cure("Put it on the components of " + Place.name(inner) + "."));
        }
        if (open.contains(inner)) {
            problems.add(Problem.of("endless-record", "The settings of " + Place.name(inner) + " would have no end.")
                    .at(Place.of(component))
                    .cure("Remove the component."));
            return Optional.empty();
        }
        return create(inner)
                .map(reader -> wrapper == ValueWrapper.LIST
                        ? new RecordListReader(reader, Place.of(component))
                        : new NestedRecordReader(reader, wrapper == ValueWrapper.OPTIONAL));
    }

    /**
     * A component's name in a key: {@code max-body-size} for {@code maxBodySize}, {@code base-url} for {@code baseURL};
     * {@code default} for {@code default_}, since a name can't be a keyword of Java.
     */
    static String word(String name) {
        String ended = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
        return WORD_START.matcher(ended).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
