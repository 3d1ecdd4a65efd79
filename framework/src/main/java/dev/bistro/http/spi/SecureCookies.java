package dev.bistro.http.spi;

import dev.bistro.http.Headers;
import dev.bistro.http.Response;

/**
 * Makes the cookies of responses over TLS {@code Secure}: a browser would send others back without TLS too, where
 * anybody on the way can read them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-8.3">RFC 6265, section 8.3</a>
 */
public final class SecureCookies {
    private static final String ATTRIBUTE = "Secure";

    private SecureCookies() {}

    /** The response with {@code Secure} on each cookie that it sets; for transports, where the request was secure. */
    public static <T> Response<T> in(Response<T> response) {
        Headers headers = response.headers();
        if (!headers.contains("Set-Cookie")) {
            return response;
        }
        Headers secured = Headers.empty();
        for (int i = 0; i < headers.size(); i++) {
            boolean isOpen = headers.name(i).equalsIgnoreCase("Set-Cookie") && !isSecure(headers.value(i));
            String value = isOpen ? headers.value(i) + "; " + ATTRIBUTE : headers.value(i);
            secured = secured.plus(headers.name(i), value);
        }
        return response.withHeaders(secured);
    }

    private static boolean isSecure(String cookie) {
        for (String attribute : cookie.split(";")) {
            if (attribute.strip().equalsIgnoreCase(ATTRIBUTE)) {
                return true;
            }
        }
        return false;
    }
}
