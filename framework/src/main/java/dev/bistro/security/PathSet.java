package dev.bistro.security;

import dev.bistro.http.BadRequestException;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Paths that settings name by templates, which are matched as those of filters are: {@code /hooks/{path*}} is for
 * {@code /hooks} too.
 *
 * @param templates none for no path
 */
public record PathSet(List<PathTemplate> templates) {
    /** Copies the list. */
    public PathSet {
        templates = List.copyOf(templates);
    }

    /**
     * The paths of templates.
     *
     * @throws IllegalArgumentException if one of them isn't valid: {@link #fault}
     */
    public static PathSet of(List<String> templates) {
        return new PathSet(templates.stream().flatMap(PathSet::parse).toList());
    }

    private static Stream<PathTemplate> parse(String template) {
        var problems = new Problems();
        PathTemplate parsed = parse(template, problems)
                .orElseThrow(() ->
                        new IllegalArgumentException(problems.found().get(0).what()));
        return Stream.concat(Stream.of(parsed), parsed.aboveRest().stream());
    }

    private static Optional<PathTemplate> parse(String template, Problems problems) {
        return PathTemplate.parse(template, Place.of(PathSet.class), problems);
    }

    /** What is wrong with a template, if anything is. */
    public static Optional<String> fault(String template) {
        var problems = new Problems();
        parse(template, problems);
        return problems.found().stream().findFirst().map(problem -> problem.what());
    }

    /** Whether a path is one of these; the route table finds none for a path that could be read in another way. */
    boolean contains(String path) {
        try {
            return templates.stream().anyMatch(template -> template.matches(path));
        } catch (BadRequestException notAPath) {
            return false;
        }
    }
}
