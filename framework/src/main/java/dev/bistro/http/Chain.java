package dev.bistro.http;

import java.util.function.UnaryOperator;

/**
 * What comes after a filter: the next filters, and the request's handler. The method of a {@code @Filter} class gets
 * one with each request.
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
     * Lets the request go on. A filter calls it once or never, and before it returns. An exception that is thrown by
     * what comes after comes back as the response that is made of it, and {@link Request#thrown} gives the exception.
     *
     * @return the response, with its final status and headers, and a body that has been made into a {@link Payload}.
     *     Where a method's result comes later ({@code CompletionStage}), the response isn't there yet
     *     ({@link Response#pending}): it can be returned and changed, but its parts can't be read; use
     *     {@link #proceed(UnaryOperator)} for that
     * @throws IllegalStateException if it was called before, or the filter has returned
     */
    Response<?> proceed();

    /**
     * Lets the request go on, and applies a function to the response when it is there: at once and on this thread, or,
     * where the response comes later, on the thread that completes it.
     *
     * @param whenThere gets the response, and returns it, a changed one, or another. An exception that it throws is
     *     answered like one of the filter. It is called once in any case: if the client has gone before the response is
     *     there, with a 503 that isn't sent
     * @throws IllegalStateException if it was called before, or the filter has returned
     */
    default Response<?> proceed(UnaryOperator<Response<?>> whenThere) {
        return whenThere.apply(proceed());
    }
}
