package dev.bistro.openapi.check;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.http.MediaType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** JSON as plain values: maps, lists, texts, numbers, booleans and null. */
final class Json {
    private static final int SHOWN = 80;
    private static final JsonCodec CODEC = new JsonCodec();

    private Json() {}

    /**
     * Reads a text.
     *
     * @throws RuntimeException if it is no JSON; the message says why
     */
    static Object read(byte[] text) {
        if (new String(text, StandardCharsets.UTF_8).strip().equals("null")) {
            return null; // which the codec takes for no value
        }
        return CODEC.reader(Object.class).orElseThrow().read(text, MediaType.JSON);
    }

    private static String write(Object value) {
        if (value == null) {
            return "null";
        }
        byte[] json =
                CODEC.writer(value.getClass(), MediaType.JSON).orElseThrow().write(value);
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The same text for the same JSON. */
    static String canonical(Object value) {
        if (value instanceof Map<?, ?> map) {
            var members = new TreeMap<String, String>();
            map.forEach((key, member) -> members.put(write(key), canonical(member)));
            return members.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::canonical).toList().toString();
        }
        return value instanceof Number ? number(value).stripTrailingZeros().toString() : write(value);
    }

    /** A value in a message, on one line and not for ever. */
    static String shown(Object value) {
        String text = write(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
    }

    /** A tree on lines that are indented, as people and tools for versions read it best. */
    static String pretty(Object value) {
        var text = new StringBuilder();
        pretty(value, "\n", text);
        return text.append('\n').toString();
    }

    private static void pretty(Object value, String line, StringBuilder text) {
        String inner = line + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String between = "{";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                text.append(between)
                        .append(inner)
                        .append(write(member.getKey()))
                        .append(": ");
                pretty(member.getValue(), inner, text);
                between = ",";
            }
            text.append(line).append('}');
        } else if (value instanceof List<?> list && list.stream().anyMatch(Json::isTree)) {
            String between = "[";
            for (Object element : list) {
                text.append(between).append(inner);
                pretty(element, inner, text);
                between = ",";
            }
            text.append(line).append(']');
        } else {
            text.append(write(value));
        }
    }

    /** A tree as it is once it has been written and read: of nothing but JSON's own values. */
    static Map<String, Object> plain(Map<String, Object> tree) {
        return map(read(pretty(tree).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isTree(Object value) {
        return value instanceof Map || value instanceof List;
    }

    static BigDecimal number(Object number) {
        return new BigDecimal(number.toString());
    }

    /** Whether both are the same JSON: numbers by value, objects whatever the order of their members is. */
    static boolean isSame(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return number(one).compareTo(number(other)) == 0;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
            return map.keySet().equals(others.keySet())
                    && map.keySet().stream().allMatch(key -> isSame(map.get(key), others.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> others) {
            return list.size() == others.size() && contain(list, others);
        }
        return Objects.equals(one, other);
    }

    private static boolean contain(List<?> list, List<?> others) {
        for (int i = 0; i < list.size(); i++) {
            if (!isSame(list.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean has(List<?> values, Object value) {
        return values.stream().anyMatch(one -> isSame(one, value));
    }

    /** A step of a JSON pointer (RFC 6901). */
    static String step(Object name) {
        return "/" + name.toString().replace("~", "~0").replace("/", "~1");
    }

    /** The map at a key; an empty one if there is none. */
    static Map<String, Object> map(Object tree, String key) {
        return tree instanceof Map<?, ?> map ? map(map.get(key)) : Map.of();
    }

    /** A tree as a map; an empty one if it is none. */
    @SuppressWarnings("unchecked") // the keys of JSON are texts
    static Map<String, Object> map(Object tree) {
        return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The list at a key; an empty one if there is none. */
    static List<Object> list(Object tree, String key) {
        return tree instanceof Map<?, ?> map && map.get(key) instanceof List<?> list
                ? new ArrayList<Object>(list)
                : List.of();
    }
}
