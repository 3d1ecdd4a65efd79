package dev.bistro.http;

import java.util.Optional;

/**
 * Says by what requests are counted for a {@code @RateLimit(value = "100/min", key = ApiKey.class)}. Injection makes
 * one object of the class.
 *
 * <pre>{@code
 * final class ApiKey implements RateLimitKey {
 *     @Override
 *     public Optional<String> of(Request request) {
 *         return request.header("X-Api-Key");
 *     }
 * }
 * }</pre>
 *
 * <p>It is called behind filters of {@code Priority.AUTHENTICATION} and before the body is read, by many threads at
 * once. A key that a client can make up gives each of its requests a limit of its own, so check it before, in a filter.
 */
@FunctionalInterface
public interface RateLimitKey {
    /**
     * The key of a request: requests with the same key count together. Empty for a request that isn't limited. What it
     * throws is answered as if a filter had thrown it.
     */
    Optional<String> of(Request request);
}
