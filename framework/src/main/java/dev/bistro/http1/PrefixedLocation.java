package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Response;

/**
 * Gives a {@code Location} that is a path the prefix that a proxy has taken off: the client resolves it against the
 * address that it has asked for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2">RFC 9110, section 10.2.2</a>
 */
final class PrefixedLocation {
    private static final String NAME = "Location";

    private PrefixedLocation() {}

    /** The response with the prefix before its location, if that is a path from the root. */
    static <T> Response<T> in(Response<T> response, String prefix) {
        Headers headers = response.headers();
        int index = prefix.isEmpty() ? -1 : headers.indexOf(NAME, 0);
        if (index < 0
                || !headers.value(index).startsWith("/")
                || headers.value(index).startsWith("//")) {
            return response;
        }
        return response.withHeader(NAME, prefix + headers.value(index));
    }
}
