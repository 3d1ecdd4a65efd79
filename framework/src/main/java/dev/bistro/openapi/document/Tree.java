package dev.bistro.openapi.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the maps that documents are of. */
final class Tree {
    private Tree() {}

    /** A map in this order; an {@link Optional} that is empty, a map or list that is empty, and false are left out. */
    static Map<String, Object> of(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            put(map, (String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        boolean isEmpty = present == null
                || Boolean.FALSE.equals(present)
                || present instanceof Map<?, ?> tree && tree.isEmpty()
                || present instanceof List<?> list && list.isEmpty();
        if (!isEmpty) {
            map.put(key, present);
        }
    }

    /** The map at a key, which is put there if it isn't. */
    @SuppressWarnings("unchecked") // the trees that are made here have maps there
    static Map<String, Object> at(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.computeIfAbsent(key, none -> new LinkedHashMap<String, Object>());
    }
}
