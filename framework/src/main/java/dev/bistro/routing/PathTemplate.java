package dev.bistro.routing;

import dev.bistro.http.PathVariables;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the paths of a route look like.
 *
 * <pre>
 * /items/new                literals, written as they read (not percent-encoded), case-sensitive
 * /items/{id}               a variable: one segment, not empty
 * /items/{id:int}           with a type: {@link VariableType}
 * /items/{id:[a-z]{2}\d+}   with a regex, which has to match the whole decoded segment
 * /files/{file}.{ext}       with literals before, between or after; the last possible place divides: a.tar.gz is "a.tar" and "gz"
 * /files/{path*}            the rest, with its slashes; may be empty ("/files/"), but the slash before it has to be there
 * </pre>
 *
 * A slash at the end counts, and dot segments mean nothing special.
 */
public final class PathTemplate {
    private final String text;
    private final List<Segment> segments;
    private final String[] names;

    PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.names = segments.stream()
                .flatMap(segment -> segment.variableNames().stream())
                .toArray(String[]::new);
    }

    /**
     * Reads a template: {@code parse("/items/{id}", place, problems).get().variableNames()} is {@code ["id"]}. Empty if it isn't valid;
     * the faults are in the problems then.
     */
    public static Optional<PathTemplate> parse(String text, Place place, Problems problems) {
        return new TemplateParser(text, place, problems).parse();
    }

    /** The names of the variables, in their order. */
    public List<String> variableNames() {
        return List.of(names);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The template without the variables' names: two templates of the same shape match the same paths. */
    String shape() {
        return segments.stream().map(Segment::shape).collect(Collectors.joining("/", "/", ""));
    }

    PathVariables variables(String path) {
        if (names.length == 0) {
            return PathVariables.NONE;
        }
        int[] spans = new int[2 * names.length];
        int span = 0;
        int start = 1;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int end = segment.end(path, start);
            span = segment.locate(path, start, end, spans, span);
            start = end + 1;
        }
        return new PathVariables(path, names, spans);
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
