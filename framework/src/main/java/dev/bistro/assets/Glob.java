package dev.bistro.assets;

import java.util.regex.Pattern;

/**
 * A pattern for paths: {@code *} matches any characters but slashes, {@code **} any characters, {@code **}{@code /} any
 * folders or none, {@code ?} one character but a slash, and {@code {js,css}} one of the alternatives. A pattern without
 * a slash matches the last name of a path.
 */
final class Glob {
    private final boolean nameOnly;
    private final Pattern pattern;

    private Glob(boolean nameOnly, Pattern pattern) {
        this.nameOnly = nameOnly;
        this.pattern = pattern;
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException if it is empty, or its braces aren't pairs
     */
    static Glob parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        String path = text.startsWith("/") ? text.substring(1) : text;
        return new Glob(text.indexOf('/') < 0, Pattern.compile(regex(path)));
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        boolean inBraces = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '{' || c == '}') {
                if (inBraces == (c == '{')) {
                    throw new IllegalArgumentException("its braces aren't pairs");
                }
                inBraces = !inBraces;
                regex.append(inBraces ? "(?:" : ")");
            } else {
                regex.append(one(c, inBraces));
            }
        }
        if (inBraces) {
            throw new IllegalArgumentException("its braces aren't pairs");
        }
        return regex.toString();
    }

    private static String one(char c, boolean inBraces) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            case ',' -> inBraces ? "|" : ",";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    boolean matches(String path) {
        return pattern.matcher(nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path)
                .matches();
    }
}
