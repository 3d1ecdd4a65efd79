package dev.bistro.openapi.document;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a tree of maps, lists and plain values as YAML 1.2, block by block. A text that could be taken for something
 * else is in double quotes, with the escapes of JSON, which YAML has too.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
final class YamlWriter {
    /** Texts that mean themselves, in old versions of YAML as well. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/$][A-Za-z0-9_/$.+-]*(?: [A-Za-z0-9_/$.(+-][A-Za-z0-9_/$.,;()+-]*)*");

    private static final Pattern RESERVED =
            Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|~|\\.(inf|nan)|[0-9.+-].*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The tree as YAML. */
    static String write(Map<String, Object> tree) {
        var writer = new YamlWriter();
        writer.map(tree, 0);
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            out.append("  ".repeat(indent)).append(scalar(key.toString())).append(':');
            value(value, indent);
        });
    }

    private void list(List<?> list, int indent) {
        for (Object value : list) {
            out.append("  ".repeat(indent)).append('-');
            value(value, indent);
        }
    }

    private void value(Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(map, indent + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list(list, indent + 1);
        } else {
            out.append(' ').append(leaf(value)).append('\n');
        }
    }

    private static String leaf(Object value) {
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof List) {
            return "[]";
        }
        return value instanceof String text ? scalar(text) : String.valueOf(value);
    }

    private static String scalar(String text) {
        boolean isPlain =
                PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches();
        return isPlain ? text : quoted(text);
    }

    private static boolean isOfPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean isShown = c >= ' ' && c < 0x7F || c >= 0xA1 && c < 0x2028 || c > 0x2029 && c < 0xFEFF;
                    if (Character.isSurrogate(c) && !isOfPair(text, i)) {
                        c = '\uFFFD'; // no text in UTF-8 can have it
                    }
                    quoted.append(isShown ? String.valueOf(c) : String.format("\\u%04x", (int) c));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
