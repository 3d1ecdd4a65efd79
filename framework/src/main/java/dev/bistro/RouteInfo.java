package dev.bistro;

import dev.bistro.http.Method;
import java.util.List;

/**
 * A route of an application.
 *
 * @param method the request method
 * @param path the path template: {@code /api/products/{id}}
 * @param access who may call it, for people: {@code anybody}, {@code any login}, {@code admin or editor},
 *     {@code nobody}
 * @param handler the method that answers, for people: {@code ProductController.find(long)}
 * @param filters the filters that its requests pass before, in this order, for people: {@code AccessLog}; or
 *     {@code AdminsOnly (/admin/{path*})} where it depends on the request's path
 */
public record RouteInfo(Method method, String path, String access, String handler, List<String> filters) {
    /** Copies the list. */
    public RouteInfo {
        filters = List.copyOf(filters);
    }
}
