package dev.bistro.filter;

import dev.bistro.handler.RouteAnnotations;
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
 * Reports filters that no route has, and paths and annotations of filters that match no route: whoever wrote them
 * believes that something is guarded there. A path that is unlike those of all routes is taken as intended: a filter
 * may redirect addresses of former days, or answer them itself.
 */
final class FilterAudit {
    private final Problems problems;
    private final List<AuditedRoute> routes = new ArrayList<>();

    /** A route, for filters to be compared with. */
    private record AuditedRoute(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {}

    FilterAudit(Problems problems) {
        this.problems = problems;
    }

    void addRoute(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {
        routes.add(new AuditedRoute(template, carries));
    }

    /** Checks a filter, once all routes are known. */
    void check(FilterMethod filter) {
        int before = problems.found().size();
        FilterBinding binding = filter.binding();
        binding.written().stream().filter(path -> !isOfARoute(path)).forEach(path -> addPath(path, filter));
        binding.annotations().stream()
                .filter(RouteAnnotations::isKept)
                .filter(annotation -> routes.stream().noneMatch(route -> route.carries.test(annotation)))
                .forEach(annotation -> add(filter, "with " + name(annotation), put(name(annotation))));
        boolean isReported = problems.found().size() > before
                || !binding.annotations().stream().allMatch(RouteAnnotations::isKept);
        boolean isForBoth =
                !binding.written().isEmpty() && !binding.annotations().isEmpty();
        if (!isReported && isForBoth && routes.stream().noneMatch(route -> reaches(route, binding))) {
            addBoth(filter);
        }
    }

    private static boolean reaches(AuditedRoute route, FilterBinding binding) {
        return binding.reach(Optional.of(route.template), route.carries) != FilterBinding.Reach.NONE;
    }

    private boolean isOfARoute(PathTemplate path) {
        FilterBinding alone = FilterBinding.of(List.of(path), List.of());
        return routes.stream().anyMatch(route -> reaches(route, alone));
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

    /** The template, with its literal beginning replaced by the nearest one of a route with as many segments. */
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
     * Whether it looks like a misspelling. Another number, or another word in it, means another path: {@code /v1} and
     * {@code /v2}, {@code /old-products} and {@code /products}.
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
