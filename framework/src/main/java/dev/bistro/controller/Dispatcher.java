package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.access.Logins;
import dev.bistro.description.DescribedApplication;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.AttributeSource;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.result.ErrorWriter;
import dev.bistro.routing.PathGuards;
import dev.bistro.routing.RouteEntry;
import dev.bistro.routing.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The application as the transport sees it: finds the target of a request by method and path. */
public final class Dispatcher implements Application {
    private final RouteTable<RouteTarget> routes;
    private final Target unrouted;
    private final RouteDescription unroutedDescription;
    private final SlashRule slashes;
    // rejects files behind filters that were not passed; null if there are none
    private final BiPredicate<String, String> addressRule;
    private final ErrorWriter errorWriter;
    private final List<ResponseDecorator> decorators;
    private final AttributeSource attributes;
    private final Logins logins;
    private final Supplier<DescribedApplication> described;

    Dispatcher(
            RouteTable<RouteTarget> routes,
            Target unrouted,
            RouteDescription unroutedDescription,
            SlashRule slashes,
            PathGuards guards,
            ErrorWriter errorWriter,
            List<ResponseDecorator> decorators,
            Logins logins,
            AttributeSource attributes,
            Supplier<DescribedApplication> described) {
        this.routes = routes;
        this.slashes = slashes;
        this.addressRule = guards.templates().isEmpty() ? null : guards::havePassedTo;
        this.unrouted = unrouted;
        this.unroutedDescription = unroutedDescription;
        this.errorWriter = errorWriter;
        this.decorators = List.copyOf(decorators);
        this.attributes = attributes;
        this.logins = logins;
        this.described = described;
    }

    @Override
    public Target find(ServerRequest request) {
        request.setAttributeSource(attributes);
        request.setLogins(logins);
        if (slashes.merges(request.path())) {
            return unrouted; // answers with a redirect
        }
        try {
            if (routes.find(request.method(), request.path()) instanceof RouteEntry<RouteTarget> route) {
                request.setPathVariables(route.variables(request.path()));
                request.setAddressRule(addressRule);
                return route.target().select(request);
            }
        } catch (BadRequestException notAPath) {
            return unrouted; // looks the path up once more, and answers with this fault
        }
        return unrouted;
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<Target>();
        routes.routes().forEach(route -> targets.addAll(route.target().targets()));
        targets.add(unrouted);
        return targets;
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        var fault = new HttpException(status, detail);
        return request.map(known -> errorWriter.write(known, fault)).orElseGet(() -> errorWriter.write(fault));
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return decorators;
    }

    /** The routes that requests can be told of, as they are declared; for an application without problems. */
    public List<MatchedRoute> declared() {
        return routes.routes().stream()
                .flatMap(route -> route.target().routes().stream())
                .toList();
    }

    /**
     * The routes that answer at a path, by request method: HEAD as GET, where that answers it; several where handlers
     * are chosen by media types. Empty if no route is for the path, or if it is no path.
     */
    public Map<Method, List<MatchedRoute>> routesAt(String path) {
        var found = new LinkedHashMap<Method, List<MatchedRoute>>();
        if (slashes.merges(path)) {
            return found;
        }
        try {
            for (RouteEntry<RouteTarget> matching : routes.matching(path)) {
                addRoutes(matching.method(), path, found);
            }
            addRoutes(Method.HEAD, path, found);
        } catch (BadRequestException notAPath) {
            return Map.of();
        }
        return found;
    }

    private void addRoutes(Method method, String path, Map<Method, List<MatchedRoute>> found) {
        if (routes.find(method, path) instanceof RouteEntry<RouteTarget> route) {
            found.put(method, route.target().routes());
        }
    }

    /** Views the routes in the order of the table: once for each handler, if a route has several. */
    public <T> List<T> routes(RouteView<T> view) {
        return routes.routes().stream()
                .flatMap(route -> route.target().describe().stream()
                        .map(line -> view.of(
                                route.method(),
                                route.template().toString(),
                                line.access().toString(),
                                line.handler(),
                                line.filters())))
                .toList();
    }

    /** A view of a route. */
    @FunctionalInterface
    public interface RouteView<T> {
        /** Makes the view. */
        T of(Method method, String template, String access, String handler, List<String> filters);
    }

    /** Describes the routes, made anew at each call; also for an application that was made without objects. */
    public DescribedApplication describe() {
        return described.get();
    }

    /**
     * The routes, a line each, in columns: method, path, who may call it unless all are for anybody, and filters with
     * the handler. The last line is for requests without a route, if these have filters.
     */
    public List<String> describeRoutes() {
        var rows = new ArrayList<List<String>>();
        for (RouteEntry<RouteTarget> route : routes.routes()) {
            route.target().describe().forEach(line -> rows.add(row(route.method(), route.template(), line)));
        }
        if (!unroutedDescription.filters().isEmpty()) {
            rows.add(row("*", "*", unroutedDescription));
        }
        boolean isOpen = rows.stream().allMatch(row -> row.get(2).equals(AccessRule.ANYBODY.toString()));
        String format = column(rows, 0) + column(rows, 1) + (isOpen ? "" : column(rows, 2)) + "%4$s";
        return rows.stream().map(row -> String.format(format, row.toArray())).toList();
    }

    private static List<String> row(Object method, Object path, RouteDescription line) {
        return List.of(method.toString(), path.toString(), line.access().toString(), line.toString());
    }

    private static String column(List<List<String>> rows, int index) {
        int width = rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
        return "%" + (index + 1) + "$-" + Math.max(1, width) + "s  ";
    }
}
