package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A component that is read from one text.
 *
 * @param defaultText its default as it was written
 * @param secretFile whether a file may have it
 * @param place where in the user's code
 */
record TextReader(
        SettingType type,
        ValueWrapper shape,
        Optional<String> defaultText,
        String description,
        SecretFile secretFile,
        Place place)
        implements ComponentReader {
    private static final Pattern ELEMENT = Pattern.compile("\\.(" + Settings.INDEX + ")");

    @Override
    public Object read(String key, Reading reading) {
        try {
            SortedSet<Integer> elements = elements(key, reading.settings());
            Optional<ResolvedSetting> found = reading.settings().found(key);
            if (!elements.isEmpty()) {
                return found.isPresent() ? twice(key, reading) : readElements(key, elements, reading);
            }
            if (secretFile.isSet(key, reading.settings())) {
                found = secretFile.read(key, found, reading);
            }
            return found.isPresent() ? read(found.get(), reading) : absent(key, reading);
        } catch (Placeholders.Fault e) {
            reading.problems().add(e.problem());
            return instead();
        }
    }

    private SortedSet<Integer> elements(String key, Settings settings) {
        return shape == ValueWrapper.LIST || shape == ValueWrapper.SET
                ? settings.elements(key)
                : Collections.emptySortedSet();
    }

    private Object twice(String key, Reading reading) {
        reading.problems()
                .add(Problem.of(
                                "two-lists",
                                "The list \"" + key + "\" is set as a text with commas, and by its elements too.")
                        .at(place)
                        .cure("The text comes from the "
                                + reading.settings().written(key).orElseThrow().source() + ".")
                        .cure("Leave one of them."));
        return instead();
    }

    private Object readElements(String key, SortedSet<Integer> indexes, Reading reading) {
        Optional<Problem> gap = RecordListReader.gap(key, indexes, place);
        if (gap.isPresent()) {
            reading.problems().add(gap.get());
            return instead();
        }
        var element =
                new TextReader(type, ValueWrapper.PLAIN, Optional.empty(), description, secretFile.ofElement(), place);
        var values = new ArrayList<Object>();
        indexes.forEach(index -> values.add(element.read(key + "." + index, reading)));
        return values.contains(null) ? instead() : collected(values.stream());
    }

    /** What a fault is told of is then as if it weren't set, so that what else is wrong with the record is told too. */
    private Object read(ResolvedSetting found, Reading reading) {
        Setting setting = found.setting();
        try {
            return parse(setting.value());
        } catch (RuntimeException notOne) {
            boolean isHidden = found.isSecret() || isHidden(setting.key());
            Problem problem = Problem.of(
                            "bad-setting",
                            "The setting \"" + setting.key() + "\" is " + Setting.shown(setting.value(), isHidden)
                                    + ", which is not " + expectedInsteadOf(setting.value()) + ".")
                    .cure("It comes from the " + setting.source() + ".");
            reading.problems()
                    .add(
                            setting.value().chars().anyMatch(c -> "\t\n\r\f".indexOf(c) >= 0)
                                    ? problem.cure("In a file, write each backslash twice, or as a slash.")
                                    : problem);
            return instead();
        }
    }

    private Object absent(String key, Reading reading) {
        if (isRequired()) {
            reading.problems().add(missing(key));
        }
        if (defaultText.isEmpty()) {
            return empty();
        }
        var written = new Setting(key, defaultText.get(), "default at " + place);
        return Placeholders.areIn(written.value())
                ? read(reading.settings().resolved(written), reading)
                : parse(written.value());
    }

    /** What stands in the place of a setting that there is a fault with: nothing starts with it. */
    private Object instead() {
        return defaultText
                .filter(text -> !Placeholders.areIn(text))
                .map(this::parse)
                .orElse(empty());
    }

    private Problem missing(String key) {
        return Problem.of(
                        "missing-setting",
                        "There is no setting \"" + key + "\", which is required: " + expected() + ".")
                .at(place)
                .cure("Set it with --" + key + "=…, with " + Settings.variable(key)
                        + "=… in the environment, or with a line " + key + "=… in application.properties.")
                .cure("If it may be left out, give the component a @DefaultValue, or make it an Optional.");
    }

    /**
     * The value of a text.
     *
     * @throws RuntimeException if it is none
     */
    Object parse(String text) {
        String stripped = text.strip();
        return switch (shape) {
            case PLAIN -> type.parse().apply(stripped);
            case OPTIONAL ->
                stripped.isEmpty() ? Optional.empty() : Optional.of(type.parse().apply(stripped));
            case LIST, SET -> collected(elements(stripped).map(type.parse()));
        };
    }

    private Object collected(Stream<?> values) {
        List<?> list = values.toList();
        return shape == ValueWrapper.SET ? Collections.unmodifiableSet(new LinkedHashSet<>(list)) : list;
    }

    /** What stands between commas; {@code \,} is a comma of an element. */
    private static Stream<String> elements(String text) {
        return text.isEmpty()
                ? Stream.empty()
                : Arrays.stream(text.split("(?<!\\\\),", -1))
                        .map(element -> element.strip().replace("\\,", ","));
    }

    /** What it is without a setting and without a default; null if there is no such value. */
    private Object empty() {
        return switch (shape) {
            case PLAIN -> null;
            case OPTIONAL -> Optional.empty();
            case LIST -> List.of();
            case SET -> Set.of();
        };
    }

    private boolean isRequired() {
        return defaultText.isEmpty() && shape == ValueWrapper.PLAIN;
    }

    /** What its text has to be, in words. */
    String expected() {
        return shape == ValueWrapper.LIST || shape == ValueWrapper.SET
                ? "a list with commas, each " + type.expected()
                : type.expected();
    }

    private String expectedInsteadOf(String text) {
        return shape == ValueWrapper.LIST || shape == ValueWrapper.SET
                ? expected()
                : type.expectedInsteadOf(text.strip());
    }

    private boolean isHidden(String key) {
        return type.isSecret() || Setting.isSecret(key);
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return settings.written(key).isPresent()
                || !elements(key, settings).isEmpty()
                || secretFile.isSet(key, settings);
    }

    @Override
    public boolean knows(String rest) {
        boolean isMany = shape == ValueWrapper.LIST || shape == ValueWrapper.SET;
        return rest.isEmpty() || isMany && ELEMENT.matcher(rest).matches() || secretFile.knows(rest);
    }

    @Override
    public boolean isSecret(String rest) {
        return type.isSecret() && knows(rest);
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        Optional<String> shown = isHidden(key) ? defaultText.map(hidden -> Secret.SHOWN) : defaultText;
        listener.accept(new SettingDescription(key, expected(), shown, isRequired(), description));
    }

    @Override
    public void used(String key, Settings settings, Consumer<Used> listener) {
        SortedSet<Integer> elements = elements(key, settings);
        elements.forEach(index -> used(key + "." + index, settings).ifPresent(listener));
        if (elements.isEmpty()) {
            used(key, settings)
                    .or(() -> defaultText.map(text -> new Used(key, text, isHidden(key), "default")))
                    .ifPresent(listener);
        }
    }

    private Optional<Used> used(String key, Settings settings) {
        try {
            return settings.found(key)
                    .map(found -> new Used(
                            key,
                            found.setting().value(),
                            found.isSecret() || isHidden(key),
                            found.setting().source()));
        } catch (Placeholders.Fault told) {
            return Optional.empty();
        }
    }
}
