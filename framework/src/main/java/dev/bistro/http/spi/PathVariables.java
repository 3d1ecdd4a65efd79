package dev.bistro.http.spi;

import dev.bistro.http.PercentCoding;
import java.util.Optional;

/** The values of a route's variables for one request: names from the template, values as they are in the path. */
public final class PathVariables {
    /** No variables. */
    public static final PathVariables NONE = new PathVariables("", new String[0], new int[0]);

    private final String path;
    private final String[] names;
    private final int[] spans;

    /**
     * Doesn't copy its arguments.
     *
     * @param path the encoded path
     * @param names the variables' names
     * @param spans for each name, where its value begins in the path, and where it ends (exclusive)
     */
    public PathVariables(String path, String[] names, int[] spans) {
        this.path = path;
        this.names = names;
        this.spans = spans;
    }

    /** The value of a variable, percent-decoded. */
    public Optional<String> get(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return Optional.of(PercentCoding.decode(path, spans[2 * i], spans[2 * i + 1]));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a text contains the value of a variable in which a slash or backslash was percent-encoded. Code that
     * takes the text for a file's path takes these characters for separators, and so reads the value differently from
     * routes and filters. {@code true} of {@code /files/private%2Fkeys} at {@code /files/{name}} for
     * {@code "private/keys"} and for {@code "private/keys.txt"}, but not for {@code "a/b"}.
     */
    boolean encodeSlashIn(String text) {
        for (int i = 0; i < names.length; i++) {
            int start = spans[2 * i];
            int end = spans[2 * i + 1];
            if (hasEncodedSlash(start, end) && text.contains(PercentCoding.decode(path, start, end))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The decoded path with another text in the place of a variable's value: {@code "/files/private/keys"} for
     * {@code /files/shown} at {@code /files/{path*}}, with {@code "private/keys"} in the place of {@code "shown"}.
     * Empty if no variable has exactly that value.
     */
    Optional<String> withValue(String value, String replacement) {
        for (int i = 0; i < names.length; i++) {
            int start = spans[2 * i];
            int end = spans[2 * i + 1];
            if (PercentCoding.decode(path, start, end).equals(value)) {
                return Optional.of(PercentCoding.decode(path, 0, start)
                        + replacement
                        + PercentCoding.decode(path, end, path.length()));
            }
        }
        return Optional.empty();
    }

    private boolean hasEncodedSlash(int start, int end) {
        for (int at = path.indexOf('%', start); at >= 0 && at + 3 <= end; at = path.indexOf('%', at + 3)) {
            if (path.startsWith("2F", at + 1)
                    || path.startsWith("2f", at + 1)
                    || path.startsWith("5C", at + 1)
                    || path.startsWith("5c", at + 1)) {
                return true;
            }
        }
        return false;
    }
}
