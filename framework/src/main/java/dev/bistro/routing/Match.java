package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.Set;

/**
 * What {@link RouteTable#find} found: the {@link RouteEntry} itself, or one of the two ways in which there is none.
 *
 * @param <T> what routes lead to
 */
public sealed interface Match<T> permits RouteEntry, Match.NotFound, Match.MethodNotAllowed {
    /** No template matches the path: 404. */
    record NotFound<T>() implements Match<T> {}

    /**
     * Templates match the path, but none of them has the method: 405; or, if the method was OPTIONS, the answer to it.
     *
     * @param allow every method that this path has, in the order of their names: those of all templates that match, HEAD where there
     *     is GET, and OPTIONS
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1">RFC 9110, section 10.2.1</a>
     */
    record MethodNotAllowed<T>(Set<Method> allow) implements Match<T> {}
}
