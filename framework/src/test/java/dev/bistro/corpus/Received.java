package dev.bistro.corpus;

import dev.bistro.http.HttpException;
import dev.bistro.http.spi.ServerRequest;
import java.nio.charset.StandardCharsets;

/**
 * A request as the application got it: {@code POST /p?q | example.org | hello}.
 *
 * @param authority {@code -} if there is none
 * @param body a char for each byte; null if it wasn't read, or couldn't be
 */
record Received(String method, String path, String authority, String body) {
    static Received of(ServerRequest request, boolean withBody) {
        return new Received(
                request.method().name(),
                request.path() + request.query().map(query -> "?" + query).orElse(""),
                request.authority().orElse("-"),
                withBody ? body(request) : null);
    }

    private static String body(ServerRequest request) {
        try {
            return new String(request.body(), StandardCharsets.ISO_8859_1);
        } catch (HttpException unreadable) {
            return null;
        }
    }

    @Override
    public String toString() {
        return Escapes.escape(method + " " + path + " | " + authority + " | " + (body == null ? "?" : body))
                .strip();
    }
}
