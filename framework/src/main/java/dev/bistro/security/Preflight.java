package dev.bistro.security;

import dev.bistro.http.Headers;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Tokens;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers preflights: a browser asks whether a page of another origin may send a request, before it sends it. The
 * answer comes from the list of routes; no filter and no handler is asked.
 *
 * <pre>
 *   nothing is declared for the path        no answer from here: a handler or filter of the application may have one
 *   no route is at the path                 404
 *   origin, method or header not allowed    403, without the fields that allow anything
 *   else                                    204, with them
 * </pre>
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch Standard, CORS-preflight fetch</a>
 */
record Preflight(Application application, RouteLookup routes, CorsPolicies policies) implements Target {
    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";
    private static final String REQUEST_PRIVATE = "Access-Control-Request-Private-Network";
    private static final Traits TRAITS =
            new Traits("The answer to preflights (CORS)", Execution.NON_BLOCKING, BodyUse.IGNORED);

    /** Whether a request is a preflight. */
    static boolean is(ServerRequest request) {
        return request.method().equals(Method.OPTIONS)
                && request.path().startsWith("/")
                && request.headers().contains(REQUEST_METHOD)
                && request.headers().contains("Origin");
    }

    /** Whether a request is a preflight that is answered here, since something is declared for its path. */
    boolean answers(ServerRequest request) {
        return is(request) && !declared(request, routes.at(request.path())).isEmpty();
    }

    private List<CorsPolicy> declared(ServerRequest request, Map<Method, List<MatchedRoute>> at) {
        return at.isEmpty()
                ? policies.ofSettings(request.path())
                : policies.of(at.values().stream().flatMap(List::stream).toList(), request.path());
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        Map<Method, List<MatchedRoute>> at = routes.at(request.path());
        if (at.isEmpty()) {
            return application.refuse(Optional.of(request), Status.NOT_FOUND, "There is nothing at this path.");
        }
        List<String> origin = request.headers().all("Origin");
        if (declared(request, at).stream().noneMatch(policy -> policy.origins().allows(origin))) {
            return refuse(request, "Its origin is none of those that are allowed here.");
        }
        Optional<Method> method = method(request);
        Optional<CorsPolicy> found = method.flatMap(wanted -> policy(request, at, origin, wanted));
        if (found.isEmpty()) {
            return refuse(request, "The method that it asks for is none of those that its origin may use here.");
        }
        List<String> headers = request.headers().elements(REQUEST_HEADERS);
        if (!headers.stream()
                .allMatch(name -> Tokens.isToken(name) && found.get().allowsHeader(name))) {
            return refuse(request, "A header field that it asks for is none of those that its origin may set here.");
        }
        return Response.noContent()
                .withHeaders(allowing(request, found.get(), at, headers))
                .withoutBody();
    }

    private Optional<CorsPolicy> policy(
            ServerRequest request, Map<Method, List<MatchedRoute>> at, List<String> origin, Method method) {
        return policies.of(at.getOrDefault(method, List.of()), request.path()).stream()
                .filter(policy -> policy.allows(origin, method))
                .findFirst();
    }

    private static Optional<Method> method(ServerRequest request) {
        List<String> names = request.headers().all(REQUEST_METHOD);
        return names.size() == 1 && Tokens.isToken(names.get(0))
                ? Optional.of(Method.of(names.get(0)))
                : Optional.empty();
    }

    private Response<Payload> refuse(ServerRequest request, String why) {
        return application.refuse(Optional.of(request), Status.FORBIDDEN, "This preflight (CORS) is refused. " + why);
    }

    private Headers allowing(
            ServerRequest request, CorsPolicy policy, Map<Method, List<MatchedRoute>> at, List<String> headers) {
        Headers fields = CorsHeaders.allowing(Headers.empty(), policy, request)
                .plus("Access-Control-Allow-Methods", methods(policy, request, at))
                .plus("Access-Control-Max-Age", "" + policy.maxAge().toSeconds());
        if (!headers.isEmpty()) {
            fields = fields.plus("Access-Control-Allow-Headers", String.join(", ", headers));
        }
        boolean isPrivate =
                request.header(REQUEST_PRIVATE).filter("true"::equals).isPresent();
        return isPrivate && policy.privateNetwork()
                ? fields.plus("Access-Control-Allow-Private-Network", "true")
                : fields;
    }

    /** The methods of this path with the same policy: for others, the browser has to ask again. */
    private String methods(CorsPolicy policy, ServerRequest request, Map<Method, List<MatchedRoute>> at) {
        return at.entrySet().stream()
                .filter(entry -> policy.allows(entry.getKey())
                        && policies.of(entry.getValue(), request.path()).contains(policy))
                .map(entry -> entry.getKey().name())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }
}
