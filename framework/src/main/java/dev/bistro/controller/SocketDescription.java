package dev.bistro.controller;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedResponse.Content;
import dev.bistro.description.DescribedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import dev.bistro.limit.RouteLimits;
import dev.bistro.websocket.endpoint.SocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes the route to a {@code @WebSocket} class. */
final class SocketDescription {
    private static final DescribedResponse OPENED = new DescribedResponse(
            Optional.of(Status.SWITCHING_PROTOCOLS),
            false,
            Content.WEB_SOCKET,
            void.class,
            Optional.empty(),
            false,
            List.of());

    private SocketDescription() {}

    static DescribedRoute of(SocketRoute route, RouteLimits limits) {
        Class<?> type = route.declared().controller().orElseThrow();
        var errors = new ArrayList<>(route.errors());
        errors.add(DescribedError.of(Status.BAD_REQUEST, "The handshake is wrong."));
        errors.add(DescribedError.of(Status.UPGRADE_REQUIRED, "The request opens no WebSocket.", "Upgrade"));
        errors.addAll(route.access().describeErrors());
        errors.addAll(limits.describeErrors());
        errors.addAll(route.filters().describeErrors());
        return new DescribedRoute(
                DescribedRoute.Kind.WEB_SOCKET,
                Method.GET,
                route.template().describe(),
                Optional.of(type),
                Optional.empty(),
                route.place().toString(),
                route.parameters(),
                Optional.empty(),
                List.of(OPENED),
                DescribedError.together(errors),
                List.of(),
                route.messages(),
                route.access().describe(),
                limits.describe(),
                route.filters().with(limits.links()).describe(),
                HandlerDescription.running(route.filters().execution(route.execution())),
                type.isAnnotationPresent(Deprecated.class));
    }
}
