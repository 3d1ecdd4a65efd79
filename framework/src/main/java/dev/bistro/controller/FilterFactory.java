package dev.bistro.controller;

import dev.bistro.http.Target;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Suggestion;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts filters around what answers requests. Used at startup: {@link #inspect} looks at the classes, {@link #of} says for each route which filters it has, and
 * {@link #checkReached} finds those that have no route.
 */
final class FilterFactory {
    private static final Comparator<FilterMethod> ORDER = Comparator.comparingInt(FilterMethod::priority)
            .thenComparing(filter -> filter.type().getName());

    private final FilterReader reader;
    private final Function<Class<?>, Object> objects;
    private final Supplier<ErrorMapper> errors;
    private final Optional<RequestScope> requests;
    private final Problems problems;
    private final List<FilterMethod> filters = new ArrayList<>();
    private final List<PathTemplate> routes = new ArrayList<>();
    private final Set<FilterMethod> reached = new HashSet<>();

    /**
     * @param objects gives the object of each filter
     * @param errors answers what filters throw; asked for when there is a filter around something
     */
    FilterFactory(
            ResultWriterFactory writers,
            Function<Class<?>, Object> objects,
            Supplier<ErrorMapper> errors,
            Optional<RequestScope> requests,
            Problems problems) {
        this.reader = new FilterReader(writers, problems);
        this.objects = objects;
        this.errors = errors;
        this.requests = requests;
        this.problems = problems;
    }

    /** Reads a class with {@code @Filter}; before any route is asked about. */
    void inspect(Class<?> type) {
        reader.read(type).ifPresent(filters::add);
        filters.sort(ORDER);
    }

    /** The annotations that filters are bound to. */
    Set<Class<? extends Annotation>> annotations() {
        return filters.stream()
                .flatMap(filter -> filter.binding().annotations().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The filters of a route without annotations. */
    RouteFilters of(PathTemplate template) {
        return of(template, none -> false);
    }

    /** The filters of a route. */
    RouteFilters of(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {
        RouteFilters found = find(Optional.of(template), carries);
        routes.add(template);
        found.filters().forEach(placed -> reached.add(placed.filter()));
        return found;
    }

    /** The filters of requests that no route is for. */
    RouteFilters ofUnrouted() {
        return find(Optional.empty(), none -> false);
    }

    private RouteFilters find(Optional<PathTemplate> template, Predicate<Class<? extends Annotation>> carries) {
        var found = new ArrayList<RouteFilters.Placed>();
        for (FilterMethod filter : filters) {
            FilterBinding.Reach reach = filter.binding().reach(template, carries);
            if (reach != FilterBinding.Reach.NONE) {
                found.add(new RouteFilters.Placed(filter, reach == FilterBinding.Reach.ALL));
            }
        }
        return new RouteFilters(found, this);
    }

    // ---- composing, when nothing is known to be wrong

    boolean isPossible() {
        return problems.isEmpty();
    }

    FilteredTarget around(FilterMethod filter, Target target) {
        Object object = objects.apply(filter.type());
        var link = new FilterLink(
                Invoker.of(object, filter.method()), filter.method().getParameterCount(), filter.chainIndex(),
                filter.writer(), errors.get(), requests);
        return new FilteredTarget(link, Executions.of(filter.type(), filter.method()), target);
    }

    Target inScope(Target target) {
        return requests.<Target>map(scope -> new ScopedTarget(target, scope)).orElse(target);
    }

    // ---- filters without a route

    /** Finds the filters that no route has, when all routes were asked about. */
    void checkReached() {
        for (FilterMethod filter : filters) {
            if (!reached.contains(filter) && !filter.binding().isForAll()) {
                problems.add(unreached(filter));
            }
        }
    }

    private Problem unreached(FilterMethod filter) {
        FilterBinding binding = filter.binding();
        String annotations = binding.annotations().stream()
                .map(annotation -> "@" + Place.name(annotation))
                .collect(Collectors.joining(" or "));
        String paths = binding.written().stream().map(PathTemplate::toString).collect(Collectors.joining(" or "));
        String where = (paths.isEmpty() ? "" : " at " + paths) + (annotations.isEmpty() ? "" : " with " + annotations);
        Problem problem = Problem.of(
                        "filter-without-route", "There is no route" + where + ", so that " + filter.name() + " filters nothing.")
                .at(Place.of(filter.type()));
        return cure(binding).map(problem::cure).orElse(problem.cure(
                annotations.isEmpty()
                        ? "Take the path of a route, or {path*} for all that is below one."
                        : "Write " + annotations + " on the method or class of a route, or take the filter away."));
    }

    /** A path that is nearly one of the routes', or that would be if it went on. */
    private Optional<String> cure(FilterBinding binding) {
        for (PathTemplate written : binding.written()) {
            String text = written.toString();
            boolean isAbove = !text.contains("{")
                    && routes.stream().anyMatch(route -> route.toString().startsWith(text + "/"));
            if (isAbove) {
                return Optional.of("Write \"" + text + "/{path*}\" for all that is below it.");
            }
            Optional<String> near = near(text);
            if (near.isPresent()) {
                return near.map(known -> "Did you mean \"" + known + "\"?");
            }
        }
        return Optional.empty();
    }

    /** The template with its literal beginning as a route has it that is as long. */
    private Optional<String> near(String template) {
        int variable = template.indexOf("/{");
        String literals = variable < 0 ? template : template.substring(0, variable);
        int length = literals.split("/", -1).length;
        List<String> known = routes.stream()
                .map(route -> route.toString().split("/", -1))
                .filter(segments -> segments.length >= length)
                .map(segments -> String.join("/", Arrays.copyOf(segments, length)))
                .distinct()
                .toList();
        return Suggestion.nearest(literals, known).map(near -> near + template.substring(literals.length()));
    }
}
