package dev.bistro.http;

import java.util.function.UnaryOperator;

/**
 * What comes after a filter: other filters, and what answers the request. The method of a {@code @Filter} class is given one with each request.
 *
 * <pre>{@code
 * @Filter
 * final class NoFrames {
 *     Response<?> filter(Request request, Chain chain) {
 *         return chain.proceed(response -> response.withHeader("X-Frame-Options", "DENY"));
 *     }
 * }
 * }</pre>
 *
 * A test of a filter needs no more than {@code new NoFrames().filter(request, () -> Response.ok("Hello"))}.
 */
@FunctionalInterface
public interface Chain {
    /**
     * Lets the request go on; once at the most, and before the filter returns. What is thrown on the way comes back as the response that it is answered with, and
     * {@link Request#thrown} says what it was.
     *
     * @return the response, with its final status, headers, and a body that is written already ({@link Payload}). Where a method's result comes later
     *     ({@code CompletionStage}), the response isn't there yet ({@link Response#pending}): it can be returned or changed, but not looked into, which is what
     *     {@link #proceed(UnaryOperator)} is for
     * @throws IllegalStateException if it was called before, or the filter has returned
     */
    Response<?> proceed();

    /**
     * Lets the request go on, and does something with the response when it is there: now, on this thread, or where it comes later, then, on the thread that brings it.
     *
     * @param whenThere gets the response, and returns it, a changed one, or another. What it throws is answered as what the filter throws. It is called once
     *     in any case: if nobody waits for a response any more that isn't there yet, with a 503 that isn't sent
     * @throws IllegalStateException if it was called before, or the filter has returned
     */
    default Response<?> proceed(UnaryOperator<Response<?>> whenThere) {
        return whenThere.apply(proceed());
    }
}
