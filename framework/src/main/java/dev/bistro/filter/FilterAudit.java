package dev.bistro.filter;

import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds filters, and paths and annotations of filters, that no route has: who wrote them believes that something is
 * guarded there. A path that is far from those of all routes is meant as it stands: a filter may redirect addresses
 * that there were once, or answer them itself.
 */
final class FilterAudit {
    private final Problems problems;
    private final List<Route> routes = new ArrayList<>();

    /** What a filter can be bound to. */
    private record Route(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {}

    FilterAudit(Problems problems) {
        this.problems = problems;
    }

    void addRoute(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {
        routes.add(new Route(template, carries));
    }

    /** Looks at a filter, when all routes are known. */
    void check(FilterMethod filter) {
        int before = problems.found().size();
        FilterBinding binding = filter.binding();
        binding.written().stream().filter(path -> !isOfARoute(path)).forEach(path -> addPath(path, filter));
        binding.annotations().stream()
                .filter(FilterInspector::isKept)
                .filter(annotation -> routes.stream().noneMatch(route -> route.carries.test(annotation)))
                .forEach(annotation -> add(filter, "with " + name(annotation), put(name(annotation))));
        boolean isToldOf = problems.found().size() > before
                || !binding.annotations().stream().allMatch(FilterInspector::isKept);
        boolean isForBoth =
                !binding.written().isEmpty() && !binding.annotations().isEmpty();
        if (!isToldOf && isForBoth && routes.stream().noneMatch(route -> isReached(route, binding))) {
            addBoth(filter);
        }
    }

    private static boolean isReached(Route route, FilterBinding binding) {
        return binding.reach(Optional.of(route.template), route.carries) != FilterBinding.Reach.NONE;
    }

    private boolean isOfARoute(PathTemplate path) {
        FilterBinding alone = FilterBinding.of(List.of(path), List.of());
        return routes.stream().anyMatch(route -> isReached(route, alone));
    }

    private void addPath(PathTemplate path, FilterMethod filter) {
        String text = path.toString();
        boolean isAbove = !text.contains("{")
                && routes.stream().anyMatch(route -> route.template.toString().startsWith(text + "/"));
        Optional<String> cure = isAbove
                ? Optional.of("Write \"" + text + "/{path*}\" for all that is below it.")
                : near(text)
                        .map(near -> "Did you mean \"" + near
                                + "\"? What is to be answered where there is no route is a controller's: @Route(\""
                                + text
                                + "\").");
        cure.ifPresent(line -> add(filter, "at " + text, line));
    }

    /** The template with its literal beginning as a route has it that is as long. */
    private Optional<String> near(String template) {
        int variable = template.indexOf("/{");
        String literals = variable < 0 ? template : template.substring(0, variable);
        int length = literals.split("/", -1).length;
        List<String> known = routes.stream()
                .map(route -> route.template.toString().split("/", -1))
                .filter(segments -> segments.length >= length)
                .map(segments -> String.join("/", Arrays.copyOf(segments, length)))
                .distinct()
                .toList();
        return Suggestion.nearest(literals, known)
                .filter(near -> isMisspelt(literals, near))
                .map(near -> near + template.substring(literals.length()));
    }

    /**
     * Who writes another number, or a word more, means another path: {@code /v1} beside {@code /v2},
     * {@code /old-products} beside {@code /products}.
     */
    private static boolean isMisspelt(String written, String near) {
        return Math.abs(written.length() - near.length()) <= 2
                && !written.replaceAll("[0-9]", "").equals(near.replaceAll("[0-9]", ""));
    }

    private void addBoth(FilterMethod filter) {
        String paths =
                filter.binding().written().stream().map(PathTemplate::toString).collect(Collectors.joining(" or "));
        String annotations =
                filter.binding().annotations().stream().map(FilterAudit::name).collect(Collectors.joining(" or "));
        add(filter, "at " + paths + " with " + annotations, put(annotations));
    }

    private static String put(String annotations) {
        return "Write " + annotations + " on the method or class of a route, or take it out of @Filter.";
    }

    private static String name(Class<? extends Annotation> annotation) {
        return "@" + Place.name(annotation);
    }

    private void add(FilterMethod filter, String where, String cure) {
        problems.add(Problem.of(
                        "filter-without-route",
                        "There is no route " + where + ", so that " + filter.name() + " filters nothing there.")
                .at(Place.of(filter.type()))
                .cure(cure));
    }
}
