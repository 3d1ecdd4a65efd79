package dev.bistro.filter;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.Executions;
import dev.bistro.handler.Invoker;
import dev.bistro.http.spi.Target;
import dev.bistro.inject.RequestObjects;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathGuards;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts filters around targets, at startup: {@link #inspect} looks at the classes, {@link #of} gives the filters of a
 * route, and {@link #checkReached} reports filters that no route has.
 */
public final class FilterFactory {
    private static final Comparator<FilterMethod> ORDER = Comparator.comparingInt(FilterMethod::priority)
            .thenComparing(filter -> filter.type().getName());

    private final FilterInspector inspector;
    private final FilterAudit audit;
    private final Function<Class<?>, Object> objects;
    private final Supplier<ErrorMapper> errors;
    private final Optional<RequestScope> requests;
    private final Problems problems;
    private final List<FilterMethod> filters = new ArrayList<>();

    /**
     * A factory without filters of the application so far.
     *
     * @param objects gives the object of each filter
     * @param errors answers what filters throw; asked for only when there is a filter around a target
     */
    public FilterFactory(
            ResultWriterFactory writers,
            Function<Class<?>, Object> objects,
            Supplier<ErrorMapper> errors,
            Optional<RequestScope> requests,
            Problems problems) {
        this.inspector = new FilterInspector(writers, problems);
        this.audit = new FilterAudit(problems);
        this.objects = objects;
        this.errors = errors;
        this.requests = requests;
        this.problems = problems;
        filters.add(ClientCertificateRequired.create(writers));
    }

    /** Adds a class with {@code @Filter}; before the filters of any route are asked for. */
    public void inspect(Class<?> type) {
        inspector.read(type).ifPresent(filters::add);
        filters.sort(ORDER);
    }

    /** The annotations that filters are bound to. */
    public Set<Class<? extends Annotation>> annotations() {
        Set<Class<? extends Annotation>> annotations = new HashSet<>();
        for (FilterMethod filter : filters) {
            annotations.addAll(filter.binding().annotations());
        }
        return annotations;
    }

    /** The paths that filters are bound to. */
    public PathGuards guards() {
        var paths = new ArrayList<PathTemplate>();
        for (FilterMethod filter : filters) {
            paths.addAll(filter.binding().paths());
        }
        return new PathGuards(paths);
    }

    /** The filters of a route without annotations. */
    public RouteFilters of(PathTemplate template) {
        return of(template, none -> false);
    }

    /** The filters of a route. */
    public RouteFilters of(PathTemplate template, Predicate<Class<? extends Annotation>> carries) {
        audit.addRoute(template, carries);
        return find(Optional.of(template), carries);
    }

    /** Reports filters that no route has, once those of all routes were asked for. */
    public void checkReached() {
        for (FilterMethod filter : filters) {
            if (!isOurs(filter)) {
                audit.check(filter);
            }
        }
    }

    static boolean isOurs(FilterMethod filter) {
        return filter.type() == ClientCertificateRequired.class;
    }

    /** The filters of requests that no route is for. */
    public RouteFilters ofUnrouted() {
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

    // ---- composing

    /** Whether objects can be made: nothing is known to be wrong. */
    boolean canCompose() {
        return problems.allowObjects();
    }

    /** Answers what filters and links throw. */
    ErrorMapper errors() {
        return errors.get();
    }

    FilteredTarget around(FilterMethod filter, Target target) {
        Object object = isOurs(filter) ? new ClientCertificateRequired() : objects.apply(filter.type());
        var link = new BoundFilter(
                filter.name(),
                Invoker.of(object, filter.method().method()),
                filter.method().method().getParameterCount(),
                filter.chainIndex(),
                filter.writer(),
                errors.get(),
                requests);
        return new FilteredTarget(link, Executions.of(filter.method()), target);
    }

    /** Whether the application has filters of its own. */
    public boolean hasAny() {
        for (FilterMethod filter : filters) {
            if (!isOurs(filter)) {
                return true;
            }
        }
        return false;
    }

    /** The target with request-scoped objects for each request; itself, if no injected object is request-scoped. */
    public Target inScope(Target target) {
        if (requests.isEmpty()) {
            return target;
        }
        RequestScope scope = requests.get();
        return new ResourceTarget(target, request -> new ScopedObjects(scope.begin(request)));
    }

    private record ScopedObjects(RequestObjects objects) implements RequestResources {
        @Override
        public void release() {
            objects.close();
        }

        @Override
        public <T, E extends Exception> T call(RequestObjects.Code<T, E> code) throws E {
            return objects.call(code);
        }
    }
}
