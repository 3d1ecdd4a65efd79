package dev.bistro.config;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A component that is read from one text.
 *
 * @param defaultText its default as it was written
 * @param place where in the user's code
 */
record TextPart(SettingType type, Shape shape, Optional<String> defaultText, String description, Place place)
        implements Part {
    @Override
    public Object read(String key, Reading reading) {
        Optional<Setting> setting = reading.settings().find(key);
        return setting.isPresent() ? read(setting.get(), reading) : absent(key, reading);
    }

    /** What a fault is told of is then as if it weren't set, so that what else is wrong with the record is told too. */
    private Object read(Setting setting, Reading reading) {
        try {
            return parse(setting.value());
        } catch (RuntimeException notOne) {
            reading.problems()
                    .add(Problem.of(
                                    "bad-setting",
                                    "The setting \"" + setting.key() + "\" is "
                                            + Setting.shown(setting.value(), isSecret(setting.key()))
                                            + ", which is not " + expectedInsteadOf(setting.value()) + ".")
                            .cure("It comes from the " + setting.source() + "."));
            return defaultText.map(this::parse).orElse(empty());
        }
    }

    private Object absent(String key, Reading reading) {
        if (isRequired()) {
            reading.problems().add(missing(key));
        }
        return defaultText.map(this::parse).orElse(empty());
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
            case LIST -> elements(stripped).map(type.parse()).toList();
            case SET ->
                Collections.unmodifiableSet(
                        new LinkedHashSet<>(elements(stripped).map(type.parse()).toList()));
        };
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
        return defaultText.isEmpty() && shape == Shape.PLAIN;
    }

    /** What its text has to be, in words. */
    String expected() {
        return shape == Shape.LIST || shape == Shape.SET
                ? "a list with commas, each " + type.expected()
                : type.expected();
    }

    private String expectedInsteadOf(String text) {
        return shape == Shape.LIST || shape == Shape.SET ? expected() : type.expectedInsteadOf(text.strip());
    }

    private boolean isSecret(String key) {
        return type.isSecret() || Setting.isSecret(key);
    }

    @Override
    public boolean isSet(String key, Settings settings) {
        return settings.find(key).isPresent();
    }

    @Override
    public boolean knows(String rest) {
        return rest.isEmpty();
    }

    @Override
    public void describe(String key, Consumer<SettingDescription> listener) {
        Optional<String> shown = isSecret(key) ? defaultText.map(hidden -> Secret.SHOWN) : defaultText;
        listener.accept(new SettingDescription(key, expected(), shown, isRequired(), description));
    }

    @Override
    public void used(String key, Settings settings, Consumer<Used> listener) {
        settings.find(key)
                .map(setting -> new Used(key, setting.value(), isSecret(key), setting.source()))
                .or(() -> defaultText.map(text -> new Used(key, text, isSecret(key), "default")))
                .ifPresent(listener);
    }
}
