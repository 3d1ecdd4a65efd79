package dev.bistro.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The types that take all parameters of a source at once, whatever their names: {@code Map<String, List<String>>}, and
 * {@code Map<String, String>} for the first values.
 */
final class ParameterMap {
    private ParameterMap() {}

    /** Makes the map that the type wants of all values by their names; empty for another type. */
    static Optional<Function<Map<String, List<String>>, Object>> of(Type type) {
        if (!(type instanceof ParameterizedType p)
                || p.getRawType() != Map.class
                || p.getActualTypeArguments()[0] != String.class) {
            return Optional.empty();
        }
        Type value = p.getActualTypeArguments()[1];
        if (value == String.class) {
            return Optional.of(ParameterMap::firstValues);
        }
        boolean lists = value instanceof ParameterizedType list
                && list.getRawType() == List.class
                && list.getActualTypeArguments()[0] == String.class;
        return lists ? Optional.of(all -> all) : Optional.empty();
    }

    private static Map<String, String> firstValues(Map<String, List<String>> all) {
        var first = new LinkedHashMap<String, String>();
        all.forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }
}
