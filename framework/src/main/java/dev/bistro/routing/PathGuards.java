package dev.bistro.routing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The templates of the paths that filters guard. Nobody gets around such a filter by another spelling of a path, or by
 * a path that leads to the same resource.
 *
 * @param templates those of each filter
 */
public record PathGuards(List<PathTemplate> templates) {
    /** No guards. */
    public static final PathGuards NONE = new PathGuards(List.of());

    /** Copies the list. */
    public PathGuards {
        templates = List.copyOf(templates);
    }

    /**
     * Whether a request has passed all guards of another path.
     *
     * @param path the request's encoded path
     * @param other the other path, encoded
     */
    public boolean havePassed(String path, String other) {
        for (PathTemplate template : templates) {
            if (template.matches(other) && !template.matches(path)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a request has passed all guards of a file's address.
     *
     * @param path the request's encoded path
     * @param address the path of the file, not encoded: {@code "/assets/a b.txt"}
     */
    public boolean havePassedTo(String path, String address) {
        return templates.isEmpty() || havePassed(path, encoded(address));
    }

    private static String encoded(String address) {
        return Arrays.stream(address.split("/", -1))
                .map(name -> EncodedText.encode(name.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("/"));
    }
}
