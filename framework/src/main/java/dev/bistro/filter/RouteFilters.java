package dev.bistro.filter;

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
        /** Its class, with its paths if it depends on them: {@code AdminsOnly (/admin/{path*})}. */
        public String describe() {
            return always
                    ? filter.name()
                    : filter.name() + " ("
                            + String.join(
                                    ", ",
                                    filter.binding().written().stream()
                                            .map(Object::toString)
                                            .toList()) + ")";
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

    /** The names of the filters and links, for people; who may call a route is said otherwise. */
    public List<String> describe() {
        List<RouteLink> named =
                links.stream().filter(link -> !(link instanceof RouteGuard)).toList();
        var names = new ArrayList<String>();
        int link = 0;
        for (Placed placed : filters) {
            while (link < named.size()
                    && named.get(link).priority() < placed.filter().priority()) {
                names.add(named.get(link++).toString());
            }
            names.add(placed.describe());
        }
        named.subList(link, named.size()).forEach(rest -> names.add(rest.toString()));
        return names;
    }
}
