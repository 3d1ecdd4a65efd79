package dev.bistro.http;

import java.util.Optional;

/** What a route's variables are for one request: names from the template, values as they stand in the path. */
public final class PathVariables {
    /** No variables. */
    public static final PathVariables NONE = new PathVariables("", new String[0], new int[0]);

    private final String path;
    private final String[] names;
    private final int[] spans;

    /**
     * Takes its arguments as they are, and doesn't copy them.
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
}
