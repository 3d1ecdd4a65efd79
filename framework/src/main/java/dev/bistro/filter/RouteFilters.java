package dev.bistro.filter;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedFilter;
import dev.bistro.handler.Executions;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filters of one route, the outermost first.
 *
 * @param filters each, with whether it depends on the path
 * @param links what stands among them, by priority
 */
public record RouteFilters(List<Placed> filters, List<RouteLink> links, FilterFactory factory) {
    /**
     * A filter on a route.
     *
     * @param always whether it is for all requests of the route, so that their paths needn't be checked
     */
    record Placed(FilterMethod filter, boolean always) {
        DescribedFilter describe() {
            List<String> paths = always
                    ? List.of()
                    : filter.binding().written().stream().map(Object::toString).toList();
            Optional<Class<?>> type = FilterFactory.isOurs(filter) ? Optional.empty() : Optional.of(filter.type());
            return new DescribedFilter(filter.name(), type, paths);
        }
    }

    public RouteFilters {
        filters = List.copyOf(filters);
        links = links.stream()
                .sorted(Comparator.comparingInt(RouteLink::priority))
                .toList();
    }

    RouteFilters(List<Placed> filters, FilterFactory factory) {
        this(filters, List.of(), factory);
    }

    /** These with further links among them. */
    public RouteFilters with(List<RouteLink> more) {
        return new RouteFilters(
                filters, Stream.concat(links.stream(), more.stream()).toList(), factory);
    }

    /** These filters, with a guard among them. */
    public RouteFilters guardedBy(Optional<RouteGuard> guard) {
        return with(guard.<RouteLink>map(check -> check).stream().toList());
    }

    /**
     * The target with the filters around it; the target itself if there are none, or if something is wrong and no
     * object is made.
     */
    public Target around(Target target) {
        if (!factory.canCompose()) {
            return target;
        }
        Target filtered = target;
        int link = links.size();
        for (int i = filters.size() - 1; i >= 0; i--) {
            Placed placed = filters.get(i);
            while (link > 0 && links.get(link - 1).priority() >= placed.filter().priority()) {
                filtered = links.get(--link).before(filtered, factory.errors());
            }
            Target through = factory.around(placed.filter(), filtered);
            filtered = placed.always() ? through : new PathGate(placed.filter().binding(), through, filtered);
        }
        while (link > 0) {
            filtered = links.get(--link).before(filtered, factory.errors());
        }
        return filtered;
    }

    /** The same for a target that needs no request-scoped objects itself: only the filters have them. */
    public Target aroundInScope(Target target) {
        Target filtered = around(target);
        return filtered == target ? target : factory.inScope(filtered);
    }

    /** How all of them run, with what is behind them. */
    public Execution execution(Execution behind) {
        Stream<Execution> ofFilters =
                filters.stream().map(placed -> Executions.of(placed.filter().method()));
        Stream<Execution> ofGuards =
                links.stream().filter(RouteGuard.class::isInstance).map(guard -> ((RouteGuard) guard).execution());
        return Executions.together(Stream.of(ofFilters, ofGuards, Stream.of(behind))
                .flatMap(each -> each)
                .toList());
    }

    /** The names of the filters and links, for people. */
    public List<String> names() {
        return describe().stream().map(DescribedFilter::toString).toList();
    }

    /** The filters and links; who may call a route is said otherwise. */
    public List<DescribedFilter> describe() {
        List<RouteLink> named =
                links.stream().filter(link -> !(link instanceof RouteGuard)).toList();
        var all = new ArrayList<DescribedFilter>();
        int link = 0;
        for (Placed placed : filters) {
            while (link < named.size()
                    && named.get(link).priority() < placed.filter().priority()) {
                all.add(describe(named.get(link++)));
            }
            all.add(placed.describe());
        }
        named.subList(link, named.size()).forEach(rest -> all.add(describe(rest)));
        return all;
    }

    /** What those of Bistro answer requests with that they don't let through; others may answer anything. */
    public List<DescribedError> describeErrors() {
        return filters.stream().map(Placed::filter).anyMatch(FilterFactory::isOurs)
                ? List.of(DescribedError.of(Status.FORBIDDEN, "The client shows no certificate."))
                : List.of();
    }

    private static DescribedFilter describe(RouteLink link) {
        return new DescribedFilter(link.toString(), Optional.empty(), List.of());
    }
}
