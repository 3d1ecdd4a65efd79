package dev.bistro.routing;

import dev.bistro.http.Method;
import dev.bistro.http.spi.PathVariables;
import dev.bistro.startup.Place;

/**
 * A method and a path template that lead to a target. Made at startup.
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

    /** The method it was declared with; GET also where it answers HEAD. */
    public Method method() {
        return method;
    }

    /** The template of its paths. */
    public PathTemplate template() {
        return template;
    }

    /** Where it leads to. */
    public T target() {
        return target;
    }

    /** Where in the user's code it was declared. */
    public Place place() {
        return place;
    }

    /**
     * The variables of a path for which {@link RouteTable#find} gave this route: {@code variables("/items/42").get("id")} at
     * {@code /items/{id}} is {@code "42"}. Without variables it is {@link PathVariables#NONE}, and nothing is allocated.
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
