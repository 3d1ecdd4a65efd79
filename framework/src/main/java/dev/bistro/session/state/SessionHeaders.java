package dev.bistro.session.state;

import dev.bistro.http.Cookie;
import dev.bistro.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The header fields of an answer that depends on a session: no shared cache gives it to anybody else. */
final class SessionHeaders {
    /** Kept by the browser alone, and not shown again after a logout. */
    private static final String PRIVATE = "private, no-cache";

    private static final List<String> UNSHARED = List.of("private", "no-store");

    private SessionHeaders() {}

    /**
     * The fields with {@code Cache-Control} and {@code Vary}. A {@code Cache-Control} of the application's stays, but
     * one that lets shared caches keep an answer with a session's cookie, which would give it to everybody.
     */
    static Headers of(Headers headers, Optional<Cookie> cookie) {
        boolean isForAll = !headers.contains("Cache-Control") || cookie.isPresent() && !isUnshared(headers);
        Headers cached = isForAll ? headers.with("Cache-Control", PRIVATE) : headers;
        return cookie.map(set -> cached.plus("Set-Cookie", set.headerValue()))
                .map(SessionHeaders::varying)
                .orElseGet(() -> varying(cached));
    }

    private static boolean isUnshared(Headers headers) {
        return headers.elements("Cache-Control").stream()
                .map(directive -> directive.toLowerCase(Locale.ROOT))
                .anyMatch(UNSHARED::contains);
    }

    private static Headers varying(Headers headers) {
        List<String> names = headers.elements("Vary");
        boolean varies = names.stream().anyMatch(name -> name.equals("*") || name.equalsIgnoreCase("Cookie"));
        return varies
                ? headers
                : headers.with(
                        "Vary",
                        String.join(
                                ", ",
                                Stream.concat(names.stream(), Stream.of("Cookie"))
                                        .toList()));
    }
}
