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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out how a record is read, once for each, and what is wrong with its declaration. */
final class RecordReaderFactory {
    private static final Map<Class<?>, ValueWrapper> SHAPES =
            Map.of(Optional.class, ValueWrapper.OPTIONAL, List.class, ValueWrapper.LIST, Set.class, ValueWrapper.SET);

    private final Problems problems;
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /** Faults of declarations go to the problems. */
    RecordReaderFactory(Problems problems) {
        this.problems = problems;
    }

    /** How a record is read; empty if it can't be, which is among the problems then. */
    Optional<RecordReader> create(Class<?> type) {
        Optional<Constructor<?>> constructor = constructor(type);
        open.push(type);
        try {
            var components = new ArrayList<Component>();
            Set<String> words = Stream.of(type.getRecordComponents())
                    .map(component -> word(component.getName()))
                    .collect(Collectors.toSet());
            for (RecordComponent component : type.getRecordComponents()) {
                part(component, words)
                        .map(part -> new Component(component.getName(), word(component.getName()), part))
                        .ifPresent(components::add);
            }
            boolean complete = components.size() == type.getRecordComponents().length;
            return complete ? constructor.map(found -> new RecordReader(found, components)) : Optional.empty();
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

    private Optional<ComponentReader> part(RecordComponent component, Set<String> words) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return mapPart(component, generic);
        }
        ValueWrapper shape = ValueWrapper.PLAIN;
        if (type instanceof ParameterizedType generic && SHAPES.containsKey(generic.getRawType())) {
            shape = SHAPES.get(generic.getRawType());
            type = generic.getActualTypeArguments()[0];
        }
        Optional<SettingType> simple = SettingTypes.of(type);
        if (simple.isPresent()) {
            return textPart(component, simple.get(), shape, words);
        }
        if (type instanceof Class<?> inner && inner.isRecord() && shape != ValueWrapper.SET) {
            return recordPart(component, inner, shape);
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

    private Optional<ComponentReader> mapPart(RecordComponent component, ParameterizedType map) {
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
                    simple.get(), ValueWrapper.PLAIN, Optional.empty(), description(component), SecretFile.NONE, place);
            return Optional.of(new MapReader(keys.get(), element, false, place));
        }
        return value instanceof Class<?> inner && inner.isRecord()
                ? recordPart(component, inner, ValueWrapper.PLAIN)
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

    private Optional<ComponentReader> textPart(
            RecordComponent component, SettingType type, ValueWrapper shape, Set<String> words) {
        Optional<String> defaultText =
                Optional.ofNullable(component.getAnnotation(DefaultValue.class)).map(DefaultValue::value);
        SecretFile secretFile = secretFile(word(component.getName()), type, shape, words);
        var part = new TextReader(type, shape, defaultText, description(component), secretFile, Place.of(component));
        boolean isGood = defaultText.isEmpty()
                || Placeholders.areIn(defaultText.get()) // which is known when the settings are
                || converts(defaultText.get(), part);
        return isGood ? Optional.of(part) : Optional.empty();
    }

    private static SecretFile secretFile(String word, SettingType type, ValueWrapper shape, Set<String> words) {
        boolean looksSecret = type.isSecret() || Setting.isSecret(word);
        if (!looksSecret || words.contains(word + SecretFile.SUFFIX)) {
            return SecretFile.NONE;
        }
        return type.isSecret() && (shape == ValueWrapper.PLAIN || shape == ValueWrapper.OPTIONAL)
                ? SecretFile.READ
                : SecretFile.REFUSED;
    }

    private boolean converts(String defaultText, TextReader part) {
        try {
            part.parse(defaultText);
            return true;
        } catch (RuntimeException notOne) {
            problems.add(Problem.of(
                            "bad-default",
                            "@DefaultValue("
                                    + Setting.shown(defaultText, part.type().isSecret()) + ") is not " + part.expected()
                                    + ".")
                    .at(part.place()));
            return false;
        }
    }

    private Optional<ComponentReader> recordPart(RecordComponent component, Class<?> inner, ValueWrapper shape) {
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
                .map(reader -> shape == ValueWrapper.LIST
                        ? new RecordListReader(reader, Place.of(component))
                        : new NestedRecordReader(reader, shape == ValueWrapper.OPTIONAL));
    }

    /** The word of a component in a key: {@code max-body-size} of {@code maxBodySize}, {@code base-url} of {@code baseURL}. */
    static String word(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
