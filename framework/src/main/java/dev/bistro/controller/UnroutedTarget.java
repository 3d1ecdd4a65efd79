package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.routing.Match;
import dev.bistro.routing.RouteEntry;
import dev.bistro.routing.RouteTable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Answers requests that have no route: OPTIONS with {@code Allow}, a path with other methods by 405 with {@code Allow},
 * any other path by 404. It looks the path up a second time, so that the lookup of requests with a route needn't keep
 * anything for it.
 */
record UnroutedTarget(RouteTable<RouteTarget> routes, SlashRule slashes, ErrorMapper errors) implements Target {
    private static final Traits TRAITS =
            new Traits("The answer where there is no route", Execution.NON_BLOCKING, BodyUse.IGNORED);

    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            if (request.path().equals("*")) {
                return allow(allMethods());
            }
            if (slashes.merges(request.path())) {
                return SlashRule.redirect(request);
            }
            Match<RouteTarget> match = routes.find(request.method(), request.path());
            if (match instanceof Match.MethodNotAllowed<RouteTarget> notAllowed) {
                return notAllowed(request, notAllowed.allow());
            }
            throw new RouteNotFoundException();
        } catch (RuntimeException fault) {
            return errors.map(request, fault);
        }
    }

    private Response<Payload> notAllowed(ServerRequest request, Set<Method> allowed) {
        if (request.method().equals(Method.OPTIONS)) {
            return withBodyTypes(request.path(), allow(allowed));
        }
        throw new HttpException(
                Status.METHOD_NOT_ALLOWED,
                request.method() + " is not allowed here; " + names(allowed) + " are.",
                Headers.of("Allow", names(allowed)),
                List.of());
    }

    private static Response<Payload> allow(Set<Method> allowed) {
        return Response.noContent().withHeader("Allow", names(allowed)).withoutBody();
    }

    /**
     * Adds the media types that the path's methods read: {@code Accept-Post}, {@code Accept-Patch} (RFC 5789, section
     * 3.1), {@code Accept-Query}.
     */
    private Response<Payload> withBodyTypes(String path, Response<Payload> options) {
        Response<Payload> response = options;
        for (Method method : List.of(Method.POST, Method.PATCH, Method.QUERY)) {
            if (routes.find(method, path) instanceof RouteEntry<RouteTarget> route
                    && !route.target().bodyTypes().isEmpty()) {
                String types = route.target().bodyTypes().stream()
                        .map(MediaType::toString)
                        .collect(Collectors.joining(", "));
                response = response.withHeader(UnsupportedMediaTypeException.headerName(method), types);
            }
        }
        return response;
    }

    private Set<Method> allMethods() {
        var methods = new TreeSet<Method>((a, b) -> a.name().compareTo(b.name()));
        routes.routes().forEach(route -> methods.add(route.method()));
        methods.add(Method.OPTIONS);
        if (methods.contains(Method.GET)) {
            methods.add(Method.HEAD);
        }
        return methods;
    }

    private static String names(Set<Method> methods) {
        return methods.stream().map(Method::name).sorted().collect(Collectors.joining(", "));
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }
}
