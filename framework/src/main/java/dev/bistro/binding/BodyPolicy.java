package dev.bistro.binding;

import dev.bistro.http.Method;
import java.util.Map;

/**
 * Whether requests of a method bring a body for the application.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3">RFC 9110, section 9.3</a>
 */
enum BodyPolicy {
    /** A body has no meaning (GET, HEAD, CONNECT, TRACE), or no defined one (OPTIONS). */
    NEVER,
    /** A body is unusual (DELETE): it is read only by {@code @Body}. */
    WRITTEN,
    /** A body is usual, or the method isn't known here: a parameter may be inferred to be the body. */
    INFERRED;

    private static final Map<Method, BodyPolicy> EXCEPTIONS = Map.of(
            Method.GET, NEVER,
            Method.HEAD, NEVER,
            Method.CONNECT, NEVER,
            Method.TRACE, NEVER,
            Method.OPTIONS, NEVER,
            Method.DELETE, WRITTEN);

    static BodyPolicy of(Method verb) {
        return EXCEPTIONS.getOrDefault(verb, INFERRED);
    }
}
