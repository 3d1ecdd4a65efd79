package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.filter.RouteFilters;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.startup.Place;
import java.util.List;
import java.util.function.UnaryOperator;

/** One endpoint for all requests of a route: nothing is negotiated. */
record SingleEndpoint(RoutedTarget routed, List<MediaType> bodyTypes, RouteDescription description)
        implements RouteTarget {
    /** An endpoint that reads no body, behind its filters. */
    static SingleEndpoint filtered(
            Target endpoint, RouteFilters filters, AccessRule access, Place place, MatchedRoute route) {
        return new SingleEndpoint(
                RoutedTarget.of(filters.aroundInScope(endpoint), route),
                List.of(),
                new RouteDescription(access, filters.names(), place.toString()));
    }

    /** This with something before its target. */
    SingleEndpoint behind(UnaryOperator<Target> before) {
        return new SingleEndpoint(
                new RoutedTarget(before.apply(routed.target()), routed.route()), bodyTypes, description);
    }

    @Override
    public Target select(ServerRequest request) {
        return routed.forRequest(request);
    }

    @Override
    public List<Target> targets() {
        return List.of(routed.target());
    }

    @Override
    public List<MatchedRoute> routes() {
        return routed.route().stream().toList();
    }

    @Override
    public List<RouteDescription> describe() {
        return List.of(description);
    }
}
