package dev.bistro.routing;

import dev.bistro.http.Method;
import dev.bistro.http.spi.PathVariables;
import dev.bistro.startup.Place;

/**
 * A route: a method and a path template that lead to a target. Made at startup.
 *
 * @param <T> what it leads to
 */
public final class RouteEntry<T> implements Match<T> {
    private final Method method;
    private final PathTemplate template;
    private final T target;
    private final Place place;

    RouteEntry(Method method, PathTemplate template, T target, Place place) {
        this.method = method;
        this.template = template;
        this.target = target;
        this.place = place;
    }

    /** The method that it was declared with; GET also if it answers HEAD. */
    public Method method() {
        return method;
    }

    /** The template of its paths. */
    public PathTemplate template() {
        return template;
    }

    /** What it leads to. */
    public T target() {
        return target;
    }

    /** The place in the user's code where it was declared. */
    public Place place() {
        return place;
    }

    /**
     * The variables of a path for which {@link RouteTable#find} gave this route: for {@code /items/{id}},
     * {@code variables("/items/42").get("id")} is {@code "42"}. Without variables it is {@link PathVariables#NONE}, and
     * nothing is allocated.
     */
    public PathVariables variables(String path) {
        return template.variables(path);
    }

    /** The method and the template: {@code GET /items/{id}}. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
