/**
 * Limits of routes, by annotations: how long a body may be, how long a request may take, how many run at once, how
 * often a client may ask. Not API: users write {@code @MaxBody}, {@code @Timeout}, {@code @ConcurrencyLimit} and
 * {@code @RateLimit}.
 *
 * <p>In comes a route with its annotations; out go the targets that stand before and among its filters, and faults of
 * the start. A request meets them in this order:
 *
 * <pre>
 *   head complete ─▶ rate by client, 503 if the method is busy ─▶ body's announced length ─▶ (the body, if it is whole)
 *     ─▶ the timeout begins ─▶ filters of AUTHENTICATION ─▶ rates by user and key ─▶ filters of AUTHORIZATION
 *     ─▶ counted as one at once ─▶ all other filters ─▶ the method
 * </pre>
 *
 * <p>Begin with {@link dev.bistro.limit.LimitFactory} for a start; for a request with {@code HeadLimits}, then
 * {@code RateLimiter} ({@code SharedRates} where instances count together), {@code ConcurrencyTarget} and
 * {@code TimedRun}.
 */
package dev.bistro.limit;
