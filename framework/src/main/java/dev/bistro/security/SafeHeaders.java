package dev.bistro.security;

import dev.bistro.http.Headers;
import dev.bistro.http.spi.ResponseDecorator;
import java.util.Locale;

/**
 * Header fields that make browsers careful: on all answers, that nothing is taken for another media type than it says;
 * on pages, that other sites aren't told the whole address that a reader comes from, and may not show the page within
 * their own. What an application sets itself stays.
 *
 * @param noSniffing whether {@code X-Content-Type-Options} is sent
 * @param referrerPolicy whether {@code Referrer-Policy} is sent
 * @param frameAncestors whether {@code Content-Security-Policy} is sent
 * @see <a href="https://fetch.spec.whatwg.org/#x-content-type-options-header">Fetch Standard, section 3.6</a>
 * @see <a href="https://www.w3.org/TR/referrer-policy/">Referrer Policy</a>
 * @see <a href="https://www.w3.org/TR/CSP3/#directive-frame-ancestors">Content Security Policy, frame-ancestors</a>
 */
public record SafeHeaders(boolean noSniffing, boolean referrerPolicy, boolean frameAncestors)
        implements ResponseDecorator {
    private static final Headers NO_SNIFFING = Headers.of("X-Content-Type-Options", "nosniff");
    private static final Headers REFERRER_POLICY = Headers.of("Referrer-Policy", "strict-origin-when-cross-origin");
    private static final Headers FRAME_ANCESTORS = Headers.of("Content-Security-Policy", "frame-ancestors 'self'");

    @Override
    public Headers decorate(Answer answer, Headers headers) {
        Headers safe = noSniffing ? orElse(headers, NO_SNIFFING) : headers;
        if (!isPage(headers)) {
            return safe;
        }
        safe = referrerPolicy ? orElse(safe, REFERRER_POLICY) : safe;
        // browsers ignore X-Frame-Options beside frame-ancestors, which would allow more than DENY does
        return frameAncestors && !headers.contains("X-Frame-Options") ? orElse(safe, FRAME_ANCESTORS) : safe;
    }

    @Override
    public boolean needsFieldsAlone() {
        return true;
    }

    private static Headers orElse(Headers headers, Headers one) {
        return headers.contains(one.name(0)) ? headers : headers.with(one);
    }

    private static boolean isPage(Headers headers) {
        int index = headers.indexOf("Content-Type", 0);
        if (index < 0) {
            return false;
        }
        String value = headers.value(index);
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals("text/html") || type.equals("application/xhtml+xml");
    }
}
