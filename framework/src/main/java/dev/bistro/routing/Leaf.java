package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.List;

/** The routes whose templates end here; they have the same shape, and differ by method. */
final class Leaf<T> {
    private final List<RouteEntry<T>> routes;

    Leaf(List<RouteEntry<T>> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The route for a method, or null. HEAD falls back to the route of GET. */
    RouteEntry<T> find(Method method) {
        RouteEntry<T> route = declared(method);
        return route == null && method.equals(Method.HEAD) ? declared(Method.GET) : route;
    }

    private RouteEntry<T> declared(Method method) {
        for (int i = 0; i < routes.size(); i++) {
            RouteEntry<T> route = routes.get(i);
            if (route.method().equals(method)) {
                return route;
            }
        }
        return null;
    }

    void addRoutes(List<RouteEntry<T>> all) {
        all.addAll(routes);
    }
}
