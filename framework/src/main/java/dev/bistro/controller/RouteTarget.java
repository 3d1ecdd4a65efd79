package dev.bistro.controller;

import dev.bistro.http.MediaType;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/** What a route leads to: one endpoint, or several of which the request's media types choose one. */
interface RouteTarget {
    /** Who answers a request. */
    Target select(ServerRequest request);

    /** All that {@link #select} can give. */
    List<Target> targets();

    /** The media types or ranges of bodies that it reads; empty for any, or none. */
    List<MediaType> bodyTypes();

    /** The methods behind it for the list of routes, a line each. */
    List<RouteDescription> describe();
}
