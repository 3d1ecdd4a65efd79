package dev.bistro.controller;

import dev.bistro.http.MediaType;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Target;
import java.util.List;

/** One endpoint for all requests of a route: there is nothing to choose. */
record SingleEndpoint(Target target, List<MediaType> bodyTypes, String description) implements RouteTarget {
    @Override
    public Target select(ServerRequest request) {
        return target;
    }

    @Override
    public List<Target> targets() {
        return List.of(target);
    }

    @Override
    public List<String> describe() {
        return List.of(description);
    }
}
