package dev.bistro.routing;

import dev.bistro.description.DescribedPath;
import dev.bistro.http.spi.PathVariables;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The template of a route's paths.
 *
 * <pre>
 * /items/new                literals, not percent-encoded, case-sensitive
 * /items/{id}               a variable: one segment, not empty
 * /items/{id:int}           with a type: {@link VariableType}
 * /items/{id:[a-z]{2}\d+}   with a regex, which has to match the whole decoded segment
 * /files/{file}.{ext}       with literals before, between or after; the last possible place divides:
 *                           a.tar.gz is "a.tar" and "gz"
 * /files/{path*}            the rest, with its slashes; may be empty ("/files/"), but needs the slash before it
 * </pre>
 *
 * A slash at the end counts. Dot segments and empty segments are segments like others here; {@link PathReading} is
 * about readers who understand them differently.
 */
public final class PathTemplate {
    private final String text;
    private final List<Segment> segments;
    private final String[] names;
    private final String shape; // made once, since an audit compares each template with each

    PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.names = segments.stream()
                .flatMap(segment -> segment.variableNames().stream())
                .toArray(String[]::new);
        this.shape = segments.stream().map(Segment::shape).collect(Collectors.joining("/", "/", ""));
    }

    /**
     * Parses a template: {@code parse("/items/{id}", place, problems).get().variableNames()} is {@code ["id"]}. Empty
     * if it isn't valid; the problems say why.
     */
    public static Optional<PathTemplate> parse(String text, Place place, Problems problems) {
        return new TemplateParser(text, place, problems).parse();
    }

    /** The names of the variables, in order. */
    public List<String> variableNames() {
        return List.of(names);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The template without the variables' names: two templates of the same shape match the same paths. */
    String shape() {
        return shape;
    }

    /**
     * Whether it matches a path: {@code /items/{id}} matches {@code /items/42}. No template matches a path that doesn't
     * begin with a slash.
     *
     * @param path the encoded path
     * @throws dev.bistro.http.BadRequestException if it can't be percent-decoded to UTF-8
     */
    public boolean matches(String path) {
        EncodedText.requireValid(path);
        if (!path.startsWith("/")) {
            return false;
        }
        int start = 1;
        for (Segment segment : segments) {
            if (start > path.length()) {
                return false;
            }
            int end = segment.end(path, start);
            if (!segment.matches(path, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return start > path.length();
    }

    /**
     * Whether it is known to match every path that the other one matches: {@code /a/{path*}} covers {@code /a/{id}}.
     */
    public boolean covers(PathTemplate other) {
        return TemplatePair.covers(this, other);
    }

    /** Whether there may be a path that both match; regexes for which that can't be decided count as overlapping. */
    public boolean overlaps(PathTemplate other) {
        return new TemplatePair(this, other).overlaps();
    }

    /** The template without its rest, if it ends with one: {@code /a} for {@code /a/{path*}}. */
    public Optional<PathTemplate> aboveRest() {
        int last = segments.size() - 1;
        return last > 0 && segments.get(last) instanceof RestSegment
                ? Optional.of(new PathTemplate(text.substring(0, text.lastIndexOf("/{")), segments.subList(0, last)))
                : Optional.empty();
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

    /** Joins two paths with one slash between them: {@code join("/api", "items")} is {@code /api/items}. */
    public static String join(String prefix, String path) {
        String above = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String below = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
        String joined = above + below;
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    /** For descriptions. */
    public DescribedPath describe() {
        var plain = new StringBuilder();
        var variables = new ArrayList<DescribedPath.Variable>();
        for (Segment segment : segments) {
            plain.append('/').append(segment.plain());
            variables.addAll(segment.describe());
        }
        return new DescribedPath(text, plain.toString(), variables);
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
