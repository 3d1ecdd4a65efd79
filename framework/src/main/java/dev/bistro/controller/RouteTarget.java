package dev.bistro.controller;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/** What a route leads to: one endpoint, or several that are chosen by media types. */
interface RouteTarget {
    /** The target that answers a request, which is told the route that it is for. */
    Target select(ServerRequest request);

    /** All targets that {@link #select} may give. */
    List<Target> targets();

    /** The media types or ranges of bodies that it reads; empty for any, or none. */
    List<MediaType> bodyTypes();

    /** The routes that requests can be told of, where one endpoint is chosen for them. */
    List<MatchedRoute> routes();

    /** The handlers behind it, for the list of routes. */
    List<RouteDescription> describe();
}
