package dev.bistro.websocket.endpoint;

import dev.bistro.access.AccessRule;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedMessage;
import dev.bistro.description.DescribedParameter;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import java.util.List;
import java.util.Optional;

/**
 * A route to a {@code @WebSocket} class, for the route table.
 *
 * @param access who may open sessions
 * @param execution of its methods
 * @param parameters what these take from opening requests
 * @param errors what opening requests are answered with that they can't be called for
 * @param messages what its methods take and return
 * @param endpoint answers the opening handshake; empty if anything is wrong with the application
 */
public record SocketRoute(
        PathTemplate template,
        Place place,
        DeclaredRoute declared,
        AccessRule access,
        RouteFilters filters,
        Execution execution,
        List<DescribedParameter> parameters,
        List<DescribedError> errors,
        List<DescribedMessage> messages,
        Optional<Target> endpoint) {}
