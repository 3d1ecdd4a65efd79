package dev.bistro.routing;

import dev.bistro.http.Method;
import java.util.Set;

/**
 * The result of {@link RouteTable#find}: the {@link RouteEntry} itself, or one of the two ways to have none.
 *
 * @param <T> what routes lead to
 */
public sealed interface Match<T> permits RouteEntry, Match.NotFound, Match.MethodNotAllowed {
    /** No template matches the path: 404. */
    record NotFound<T>() implements Match<T> {}

    /**
     * Templates match the path, but none of their routes has the method: 405. For OPTIONS it is what the answer needs.
     *
     * @param allow all methods of this path, by name: those of all templates that match, HEAD if there is GET, and
     *     OPTIONS
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1">RFC 9110, section 10.2.1</a>
     */
    record MethodNotAllowed<T>(Set<Method> allow) implements Match<T> {}
}
