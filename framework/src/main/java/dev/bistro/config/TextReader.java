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
 * Reads a component from one text.
 *
 * @param defaultText its default as it is written
 * @param secretFile whether a file of its own may have the text
 * @param place the component in the user's code
 */
record TextReader(
        SettingType type,
        ValueWrapper wrapper,
        Optional<String> defaultText,
        String description,
        SecretFile secretFile,
        Place place)
        implements ComponentReader {
    private static final Pattern ELEMENT = Pattern.compile("\\.(" + Settings.INDEX + ")");

    @Override
    public Object read(String key, Context context) {
        try {
            SortedSet<Integer> elements = elements(key, context.settings());
            Optional<ResolvedSetting> found = context.settings().found(key);
            if (!elements.isEmpty()) {
                return found.isPresent() ? setTwice(key, context) : readElements(key, elements, context);
            }
            if (secretFile.isSet(key, context.settings())) {
                found = secretFile.read(key, found, context);
            }
            return found.isPresent() ? read(found.get(), context) : absent(key, context);
        } catch (Placeholders.Fault e) {
            context.problems().add(e.problem());
            return fallback();
        }
    }

    private SortedSet<Integer> elements(String key, Settings settings) {
        return wrapper == ValueWrapper.LIST || wrapper == ValueWrapper.SET
                ? settings.elements(key)
                : Collections.emptySortedSet();
    }

    private Object setTwice(String key, Context context) {
        context.problems()
                .add(Problem.of(
                                "two-lists",
                                "The list \"" + key + "\" is set as a text with commas, and by its elements too.")
                        .at(place)
                        .cure("The text comes from the "
                                + context.settings().written(key).orElseThrow().source() + ".")
                        .cure("Leave one of them."));
        return fallback();
    }

    private Object readElements(String key, SortedSet<Integer> indexes, Context context) {
        Optional<Problem> gap = RecordListReader.gap(key, indexes, place);
        if (gap.isPresent()) {
            context.problems().add(gap.get());
            return fallback();
        }
        var element = new TextReader(type, ValueWrapper.NONE, Optional.empty(), description, SecretFile.NONE, place);
        var values = new ArrayList<Object>();
        indexes.forEach(index -> values.add(element.read(key + "." + index, context)));
        return values.contains(null) ? fallback() : collected(values.stream());
    }

    /** A setting with a fault counts as not set, so that the record's other faults are found as well. */
    private Object read(ResolvedSetting found, Context context) {
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
            context.problems()
                    .add(
                            setting.value().chars().anyMatch(c -> "\t\n\r\f".indexOf(c) >= 0)
                                    ? problem.cure("In a file, write each backslash twice, or as a slash.")
                                    : problem);
            return fallback();
        }
    }

    private Object absent(String key, Context context) {
        if (isRequired()) {
            context.problems().add(missing(key));
        }
        if (defaultText.isEmpty()) {
            return empty();
        }
        String text = defaultText.get();
        if (!Placeholders.areIn(text)) {
            return parse(text); // without the place, whose text takes reading a class file
        }
        return read(context.settings().resolved(new Setting(key, text, "default at " + place)), context);
    }

    /** A value in place of one with a fault. The application doesn't start with it. */
    private Object fallback() {
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
     * @throws RuntimeException if the text is no such value
     */
    Object parse(String text) {
        String stripped = text.strip();
        return switch (wrapper) {
            case NONE -> type.parse().apply(stripped);
            case OPTIONAL ->
                stripped.isEmpty() ? Optional.empty() : Optional.of(type.parse().apply(stripped));
            case LIST, SET -> collected(elements(stripped).map(type.parse()));
        };
    }

    private Object collected(Stream<?> values) {
        List<?> list = values.toList();
        return wrapper == ValueWrapper.SET ? Collections.unmodifiableSet(new LinkedHashSet<>(list)) : list;
    }

    /** Splits at commas; {@code \,} is a literal comma. */
    private static Stream<String> elements(String text) {
        return text.isEmpty()
                ? Stream.empty()
                : Arrays.stream(text.split("(?<!\\\\),", -1))
                        .map(element -> element.strip().replace("\\,", ","));
    }

    /** The value without a setting and without a default; null if the setting is required. */
    private Object empty() {
        return switch (wrapper) {
            case NONE -> null;
            case OPTIONAL -> Optional.empty();
            case LIST -> List.of();
            case SET -> Set.of();
        };
    }

    private boolean isRequired() {
        return defaultText.isEmpty() && wrapper == ValueWrapper.NONE;
    }

    /** What the text must be, for a message. */
    String expected() {
        return wrapper == ValueWrapper.LIST || wrapper == ValueWrapper.SET
                ? "a list with commas, each " + type.expected()
                : type.expected();
    }

    private String expectedInsteadOf(String text) {
        return wrapper == ValueWrapper.LIST || wrapper == ValueWrapper.SET
                ? expected()
                : type.expectedInsteadOf(text.strip());
    }

    /** Nothing secret is told by one of two words. */
    private static boolean isFlag(String text) {
        return text.equals("true") || text.equals("false");
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
    public boolean isKey(String rest) {
        boolean isMany = wrapper == ValueWrapper.LIST || wrapper == ValueWrapper.SET;
        return rest.isEmpty() || isMany && ELEMENT.matcher(rest).matches() || secretFile.isKey(rest);
    }

    @Override
    public boolean isSecret(String rest) {
        return type.isSecret() && isKey(rest);
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        Optional<String> shown = defaultText.map(text -> isHidden(key) && !isFlag(text) ? Secret.SHOWN : text);
        listener.accept(new SettingDescription(key, expected(), shown, isRequired(), description));
    }

    @Override
    public void listUsed(String key, Settings settings, Consumer<UsedSetting> listener) {
        SortedSet<Integer> elements = elements(key, settings);
        elements.forEach(index -> used(key + "." + index, settings).ifPresent(listener));
        if (elements.isEmpty()) {
            used(key, settings)
                    .or(() -> defaultText.map(text -> new UsedSetting(key, text, isHidden(key), "default")))
                    .ifPresent(listener);
        }
    }

    private Optional<UsedSetting> used(String key, Settings settings) {
        try {
            return settings.found(key)
                    .map(found -> new UsedSetting(
                            key,
                            found.setting().value(),
                            found.isSecret() || isHidden(key),
                            found.setting().source()));
        } catch (Placeholders.Fault reported) {
            return Optional.empty();
        }
    }
}
