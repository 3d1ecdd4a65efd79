package dev.bistro.routing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The templates of the paths that something stands before: filters. Nobody gets behind one of them by another spelling
 * of a path, and not by a path that leads to what another one is the address of.
 *
 * @param templates each by itself
 */
public record PathGuards(List<PathTemplate> templates) {
    /** No guard at all. */
    public static final PathGuards NONE = new PathGuards(List.of());

    /** Takes the templates as they are now. */
    public PathGuards {
        templates = List.copyOf(templates);
    }

    /**
     * Whether a request has come through each guard that stands before another path.
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
     * As the other, for the address of a file.
     *
     * @param path the request's encoded path
     * @param address the path of the file, as it reads: {@code "/assets/a b.txt"}
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
