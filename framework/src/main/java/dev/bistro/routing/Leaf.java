package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.List;

/** The routes of one shape of template; none where no template ends. */
final class Leaf<T> {
    private final List<RouteEntry<T>> routes;

    Leaf(List<RouteEntry<T>> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The route for a method, that of GET for HEAD where HEAD isn't written; null if there is none. */
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
