package dev.bistro.filter;

import dev.bistro.http.spi.Target;
import java.util.List;
import java.util.Optional;

/**
 * The filters of one route, the outermost first.
 *
 * @param filters each, with whether it depends on the path
 * @param guard what Bistro itself checks among them
 */
public record RouteFilters(List<Placed> filters, Optional<RouteGuard> guard, FilterFactory factory) {
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
    }

    /** These filters, with a guard among them. */
    public RouteFilters guardedBy(Optional<RouteGuard> check) {
        return new RouteFilters(filters, check, factory);
    }

    /**
     * The target with the filters around it; the target itself if there are none, or if something is wrong and no
     * object is made.
     */
    public Target around(Target target) {
        if (!factory.canCompose()) {
            return target;
        }
        int guarded = (int) filters.stream()
                .filter(placed -> placed.filter().priority() < RouteGuard.PRIORITY)
                .count();
        Target filtered = around(filters.subList(guarded, filters.size()), target);
        Target checked = guard.isPresent() ? factory.around(guard.get(), filtered) : filtered;
        return around(filters.subList(0, guarded), checked);
    }

    private Target around(List<Placed> some, Target target) {
        Target filtered = target;
        for (int i = some.size() - 1; i >= 0; i--) {
            Placed placed = some.get(i);
            Target through = factory.around(placed.filter(), filtered);
            filtered = placed.always() ? through : new PathGate(placed.filter().binding(), through, filtered);
        }
        return filtered;
    }

    /** The same for a target that needs no request-scoped objects itself: only the filters have them. */
    public Target aroundInScope(Target target) {
        Target filtered = around(target);
        return filtered == target ? target : factory.inScope(filtered);
    }

    /** The names of the filters, for people. */
    public List<String> describe() {
        return filters.stream().map(Placed::describe).toList();
    }
}
