package dev.bistro.description;

import java.util.List;

/**
 * The routes of an application.
 *
 * @param routes by path and then by request method; several of the same path and method are chosen by media types
 * @param challenges of the ways to log in, as {@code WWW-Authenticate} has them: {@code Basic realm="shop"}; empty
 *     where no object was made, since only those know it
 * @param unrouted the filters of requests that no route is for
 */
public record DescribedApplication(
        List<DescribedRoute> routes, List<String> challenges, List<DescribedFilter> unrouted) {
    /** Copies the lists. */
    public DescribedApplication {
        routes = List.copyOf(routes);
        challenges = List.copyOf(challenges);
        unrouted = List.copyOf(unrouted);
    }
}
