package dev.bistro.websocket.endpoint;

import dev.bistro.access.AccessRule;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.http.spi.Target;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import java.util.Optional;

/**
 * A route to a {@code @WebSocket} class, for the route table.
 *
 * @param access who may open sessions
 * @param endpoint answers the opening handshake; empty if anything is wrong with the application
 */
public record SocketRoute(
        PathTemplate template,
        Place place,
        DeclaredRoute declared,
        AccessRule access,
        RouteFilters filters,
        Optional<Target> endpoint) {}
