package dev.bistro.controller;

import dev.bistro.http.MediaType;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/** One endpoint for all requests of a route: there is nothing to choose. */
record SingleEndpoint(Target target, List<MediaType> bodyTypes, RouteLine line) implements RouteTarget {
    @Override
    public Target select(ServerRequest request) {
        return target;
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<RouteLine> describe() {
        return List.of(line);
    }
}
