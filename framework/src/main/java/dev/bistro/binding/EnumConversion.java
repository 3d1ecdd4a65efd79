package dev.bistro.binding;

import dev.bistro.body.Labels;
import dev.bistro.http.Converter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds constants of an enum by label or name: as written, or in any case if only one constant matches then. */
final class EnumConversion implements Converter<Object> {
    private static final int SHOWN = 10;

    private final Map<String, Object> byText = new HashMap<>();
    private final Map<String, Object> byLowerCase = new HashMap<>();

    private EnumConversion(Enum<?>[] constants) {
        for (Enum<?> constant : constants) {
            byText.put(constant.name(), constant);
            addLowerCase(constant.name(), constant);
        }
        for (Enum<?> constant : constants) {
            byText.put(Labels.of(constant), constant);
            addLowerCase(Labels.of(constant), constant);
        }
        byLowerCase.values().removeIf(value -> value == this);
    }

    private void addLowerCase(String text, Enum<?> constant) {
        byLowerCase.merge(lowerCase(text), constant, (one, other) -> one == other ? one : this);
    }

    static Conversion of(Class<?> type) {
        Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
        return new Conversion(new EnumConversion(constants), expected(constants), Conversion.Origin.ENUM);
    }

    private static String expected(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .limit(SHOWN)
                .map(Labels::of)
                .collect(Collectors.joining(", ", "one of ", constants.length > SHOWN ? ", …" : ""));
    }

    /** A text that is the label of one constant and the label or name of another; empty if there is none. */
    static Optional<String> sharedLabel(Class<?> type) {
        Map<String, Enum<?>> meaning = new HashMap<>();
        Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
        Arrays.stream(constants).forEach(constant -> meaning.put(constant.name(), constant));
        return Arrays.stream(constants)
                .filter(constant -> {
                    Enum<?> before = meaning.put(Labels.of(constant), constant);
                    return before != null && before != constant;
                })
                .map(Labels::of)
                .findFirst();
    }

    @Override
    public Object convert(String text) {
        Object constant = byText.get(text);
        if (constant == null) {
            constant = byLowerCase.get(lowerCase(text));
        }
        if (constant == null) {
            throw new IllegalArgumentException("No constant of this label or name");
        }
        return constant;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
