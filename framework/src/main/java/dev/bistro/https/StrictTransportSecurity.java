package dev.bistro.https;

import dev.bistro.http.Headers;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import java.time.Duration;

/**
 * Answers to secure requests have {@code Strict-Transport-Security}: browsers come back over HTTPS only, for so long.
 * Answers to other requests never have it from here (RFC 6797, section 7.2). A field that the application sets itself
 * stays, such as one with {@code includeSubDomains}: what is under other names isn't known here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797#section-6.1">RFC 6797, section 6.1</a>
 */
public final class StrictTransportSecurity implements ResponseDecorator {
    private static final String NAME = "Strict-Transport-Security";

    private final String value;

    /**
     * Decorates answers.
     *
     * @param maxAge how long browsers remember it, in whole seconds; zero makes them forget it
     */
    public StrictTransportSecurity(Duration maxAge) {
        this.value = "max-age=" + maxAge.toSeconds();
    }

    @Override
    public Headers decorate(Answer answer, Headers headers) {
        boolean isSecure = answer.request().filter(ServerRequest::isSecure).isPresent();
        return isSecure && !headers.contains(NAME) ? headers.with(NAME, value) : headers;
    }
}
