package dev.bistro.controller;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;

/**
 * A target with the route that it is for, made at startup.
 *
 * @param route never empty; kept as the request gives it, so that nothing is made for a request
 */
record RoutedTarget(Target target, Optional<MatchedRoute> route) {
    static RoutedTarget of(Target target, MatchedRoute route) {
        return new RoutedTarget(target, Optional.of(route));
    }

    /** The target for a request, which is told its route. */
    Target forRequest(ServerRequest request) {
        request.setRoute(route);
        return target;
    }
}
