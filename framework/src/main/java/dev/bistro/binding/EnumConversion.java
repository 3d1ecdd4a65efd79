package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Constants of an enum by their names: as they are written, or without regard to case where only one fits then. */
final class EnumConversion implements Converter<Object> {
    private static final int SHOWN = 10;

    private final Map<String, Object> byName = new HashMap<>();
    private final Map<String, Object> byLowerCase = new HashMap<>();

    private EnumConversion(Enum<?>[] constants) {
        for (Enum<?> constant : constants) {
            byName.put(constant.name(), constant);
            byLowerCase.merge(lowerCase(constant.name()), constant, (one, other) -> this);
        }
        byLowerCase.values().removeIf(value -> value == this);
    }

    static Conversion of(Class<?> type) {
        Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
        return new Conversion(new EnumConversion(constants), expected(constants), Conversion.Origin.ENUM);
    }

    private static String expected(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .limit(SHOWN)
                .map(Enum::name)
                .collect(Collectors.joining(", ", "one of ", constants.length > SHOWN ? ", …" : ""));
    }

    @Override
    public Object convert(String text) {
        Object constant = byName.get(text);
        if (constant == null) {
            constant = byLowerCase.get(lowerCase(text));
        }
        if (constant == null) {
            throw new IllegalArgumentException("No constant of this name");
        }
        return constant;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
