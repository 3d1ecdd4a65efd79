package dev.bistro.security;

import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which requests may have been forged: a page of another site sends them in the name of its reader, whose
 * browser adds the cookies and logins of this site (CSRF). Browsers say where a request comes from, so no token is
 * needed.
 *
 * <pre>
 *   GET, HEAD, OPTIONS, QUERY, TRACE, unless they open a WebSocket    pass
 *   Sec-Fetch-Site: same-origin, none                                 pass: our own page, or the user
 *   Sec-Fetch-Site: cross-site, same-site                             foreign
 *   no Sec-Fetch-Site, or none that is known: an Origin               foreign, unless its host and port are ours
 *   neither                                                           pass: not a browser
 *
 *   foreign: passes if its origin is allowed for the route, or its path is trusted; else it is refused
 * </pre>
 *
 * @param policies what is declared about other origins
 * @param ofWebSockets further origins whose pages may open WebSockets
 * @param trusted the paths where nothing is refused
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
 */
public record CrossSiteRule(CorsPolicies policies, AllowedOrigins ofWebSockets, PathSet trusted) {
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    /** The longest part of a field that the text of a refusal shows. */
    private static final int SHOWN_CHARS = 200;

    boolean refuses(ServerRequest request) {
        boolean isHandshake = isHandshake(request);
        if (request.method().isSafe() && !isHandshake || !isForeign(request)) {
            return false;
        }
        List<String> origin = request.headers().all("Origin");
        boolean isAllowed = isHandshake && ofWebSockets.allows(origin)
                || policies.of(request).stream().anyMatch(policy -> policy.allows(origin, request.method()));
        return !isAllowed && !trusted.contains(request.path());
    }

    /** Whether it asks for a WebSocket, well or badly: a page can't say {@code Upgrade} in another way. */
    private static boolean isHandshake(Request request) {
        return request.method().equals(Method.GET)
                && request.headers().contains("Upgrade")
                && request.headers().elements("Upgrade").stream().anyMatch("websocket"::equalsIgnoreCase);
    }

    private static boolean isForeign(Request request) {
        Headers headers = request.headers();
        if (!headers.contains("Sec-Fetch-Site") && !headers.contains("Origin")) {
            return false; // no browser, as most that send JSON
        }
        List<String> sites = request.headers().elements("Sec-Fetch-Site").stream()
                .map(site -> site.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) // a token may have parameters
                .toList();
        if (sites.stream().anyMatch(FOREIGN::contains)) {
            return true;
        }
        if (sites.size() == 1 && OURS.contains(sites.get(0))) {
            return false;
        }
        List<String> origins = request.headers().all("Origin");
        return !origins.isEmpty()
                && (origins.size() > 1
                        || Origin.parse(origins.get(0))
                                .filter(origin -> origin.isOf(request))
                                .isEmpty());
    }

    /** Why a request is refused. It names what was compared: a proxy that rewrites {@code Host} is seen by it. */
    static String reason(Request request) {
        return "Refused by the rule against requests that pages of other sites forge (CSRF): Sec-Fetch-Site is "
                + shown(request, "Sec-Fetch-Site") + ", Origin is " + shown(request, "Origin") + ", Host is "
                + cut(request.authority().orElse("missing")) + ".";
    }

    private static String shown(Request request, String name) {
        return cut(request.headers().combined(name).orElse("missing"));
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
