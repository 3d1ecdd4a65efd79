package dev.bistro.routing;

import dev.bistro.http.spi.PathVariables;
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
 * A slash at the end counts. Dot segments and empty ones are segments like others here; {@link PathReading} is about
 * those who read them in another way.
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

    /**
     * Whether a path looks like this: {@code /items/42} does so for {@code /items/{id}}. One that doesn't begin with a slash looks like no template.
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

    /** Whether every path of the other one is known to look like this one, too: {@code /a/{path*}} covers {@code /a/{id}}. */
    public boolean covers(PathTemplate other) {
        return TemplatePair.covers(this, other);
    }

    /** Whether there may be a path that looks like both; what can't be known of regexes counts as one. */
    public boolean overlaps(PathTemplate other) {
        return new TemplatePair(this, other).overlaps();
    }

    /** What the rest of the path is below, if this ends with the rest: {@code /a} for {@code /a/{path*}}. */
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

    /** The template as it was written. */
    /** One path below another, with one slash between them: {@code join("/api", "items")} is {@code /api/items}. */
    public static String join(String prefix, String path) {
        String above = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String below = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
        String joined = above + below;
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    @Override
    public String toString() {
        return text;
    }
}
