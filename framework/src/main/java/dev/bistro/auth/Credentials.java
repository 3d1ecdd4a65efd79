package dev.bistro.auth;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code Authorization} for one scheme.
 *
 * <pre>
 * credentials = auth-scheme [ 1*SP ( token68 / … ) ]
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2">RFC 9110, section 11.6.2</a>
 */
final class Credentials {
    private static final String FIELD = "Authorization";

    private Credentials() {}

    /**
     * What follows the scheme; empty if the request has no credentials of this scheme. Of several fields nobody knows
     * which one others have checked, so that they give an empty text, which no scheme accepts.
     */
    static Optional<String> of(Request request, String scheme) {
        List<String> values = request.headers().all(FIELD);
        List<String> ours = values.stream().filter(value -> isOf(value, scheme)).toList();
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                values.size() > 1 ? "" : ours.get(0).substring(scheme.length()).strip());
    }

    private static boolean isOf(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length())
                && (value.length() == scheme.length() || value.charAt(scheme.length()) == ' ');
    }
}
