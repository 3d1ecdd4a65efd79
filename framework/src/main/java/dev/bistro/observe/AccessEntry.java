package dev.bistro.observe;

import dev.bistro.http.Headers;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver.Answered;
import dev.bistro.http.spi.ServerRequest;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.TimeUnit;

/**
 * What a line of the access log says, as it was when a request was answered: a request belongs to one thread, and the
 * line is written by another one. Texts are as they came, but no longer than {@link #MAX_LENGTH}.
 *
 * @param receivedMillis when the request's head was read, in milliseconds since 1970
 * @param status 0 if no answer was begun
 * @param request null if what was answered was no request
 */
record AccessEntry(
        long receivedMillis,
        long durationNanos,
        SocketAddress client,
        SocketAddress peer,
        int status,
        long bodyBytes,
        boolean isComplete,
        Asked request) {
    /** What is longer is cut: a few requests must not fill the memory. */
    static final int MAX_LENGTH = 8 * 1024;

    /** Stands for what was cut off. */
    private static final String CUT = "...";

    /**
     * What is known of a request; each text may be null but for the first five.
     *
     * @param target as it was sent: path and query, or a whole address
     * @param route the template of its route
     */
    record Asked(
            String id,
            String method,
            String target,
            String path,
            String protocol,
            String query,
            String scheme,
            String host,
            String user,
            String route,
            String referer,
            String userAgent,
            String traceId) {
        int length() {
            return target.length()
                    + path.length()
                    + length(query)
                    + length(host)
                    + length(user)
                    + length(referer)
                    + length(userAgent);
        }

        private static int length(String text) {
            return text == null ? 0 : text.length();
        }
    }

    static AccessEntry of(Answered answered, long nowMillis) {
        ServerRequest request = answered.request().orElse(null);
        long nanos = answered.duration().toNanos();
        return new AccessEntry(
                nowMillis - TimeUnit.NANOSECONDS.toMillis(nanos),
                nanos,
                request == null ? answered.client() : request.remoteAddress(),
                answered.peer(),
                answered.status().map(Status::code).orElse(0),
                answered.bodyBytes(),
                answered.isComplete(),
                request == null ? null : asked(request));
    }

    private static Asked asked(ServerRequest request) {
        Headers headers = request.headers();
        return new Asked(
                request.id(),
                request.method().name(),
                cut(request.target()),
                cut(request.path()),
                request.protocol(),
                cut(request.query().orElse(null)),
                request.scheme(),
                cut(request.authority().orElse(null)),
                cut(user(request)),
                request.route().map(MatchedRoute::template).orElse(null),
                joined(headers, "Referer"),
                joined(headers, "User-Agent"),
                request.traceId().orElse(null));
    }

    /** The user's name, as far as it was found out while the request was answered: nobody is asked for a line. */
    private static String user(ServerRequest request) {
        try {
            return request.knownPrincipal().map(Principal::getName).orElse(null);
        } catch (RuntimeException ofTheApplication) {
            return null; // a line without the name is better than none
        }
    }

    /** The values of a field, with commas between them as Apache has them. */
    private static String joined(Headers headers, String name) {
        int index = headers.indexOf(name, 0);
        if (index < 0) {
            return null;
        }
        String all = headers.value(index);
        for (int i = headers.indexOf(name, index + 1); i >= 0 && all.length() <= MAX_LENGTH; ) {
            all += ", " + headers.value(i);
            i = headers.indexOf(name, i + 1);
        }
        return cut(all);
    }

    private static String cut(String text) {
        return text == null || text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + CUT;
    }

    /** How many characters are held for it. */
    int length() {
        return request == null ? 0 : request.length();
    }
}
