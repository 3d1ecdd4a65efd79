package dev.bistro.security;

import dev.bistro.http.Headers;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.VaryField;
import java.util.List;

/**
 * Lets pages of other origins read the answers that they may: those of handlers, and errors of all kinds, so that a
 * script sees the 413 and not that "the network" failed. What an application sets itself stays.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-responses">Fetch Standard, HTTP responses of CORS</a>
 * @see <a href="https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches">Fetch Standard, CORS and caches</a>
 */
record CorsHeaders(CorsPolicies policies) implements ResponseDecorator {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    @Override
    public Headers decorate(Answer answer, Headers headers) {
        return answer.request().map(request -> decorate(request, headers)).orElse(headers);
    }

    private Headers decorate(ServerRequest request, Headers headers) {
        List<CorsPolicy> declared = policies.of(request);
        if (declared.isEmpty()) {
            return headers;
        }
        // also where nothing is allowed, or no origin was sent: a cache must not give this answer to another page
        Headers varied = declared.stream().allMatch(CorsPolicy::isOpen) ? headers : VaryField.with(headers, "Origin");
        if (headers.contains(ALLOW_ORIGIN) || Preflight.is(request)) {
            return varied;
        }
        List<String> origin = request.headers().all("Origin");
        return declared.stream()
                .filter(policy -> policy.allows(origin, request.method()))
                .findFirst()
                .map(policy -> exposing(allowing(varied, policy, request), policy))
                .orElse(varied);
    }

    /** With the fields of preflights and other answers alike; the policy has to allow the request's origin. */
    static Headers allowing(Headers headers, CorsPolicy policy, ServerRequest request) {
        Headers allowing = headers.plus(
                ALLOW_ORIGIN, policy.isOpen() ? "*" : request.header("Origin").orElseThrow());
        return policy.credentials() ? allowing.with("Access-Control-Allow-Credentials", "true") : allowing;
    }

    private static Headers exposing(Headers headers, CorsPolicy policy) {
        return policy.exposedHeaders().isEmpty() || headers.contains("Access-Control-Expose-Headers")
                ? headers
                : headers.plus("Access-Control-Expose-Headers", String.join(", ", policy.exposedHeaders()));
    }
}
