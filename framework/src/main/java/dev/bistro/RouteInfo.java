package dev.bistro;

import dev.bistro.http.Method;

/**
 * A route of an application.
 *
 * @param method the request method
 * @param path the path template: {@code /api/products/{id}}
 * @param handler what answers it, for people: {@code ProductController.find(long)}
 */
public record RouteInfo(Method method, String path, String handler) {}
