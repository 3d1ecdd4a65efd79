package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How often a client, a user, or whoever a key stands for may ask; 429 with {@code Retry-After} beyond that. On a
 * controller or {@code @WebSocket} class the requests to all of its methods count together (for a WebSocket, those that
 * open sessions), on a method those to the method, and on one with {@code @OnMessage} the messages to it. All that are
 * there count, so that each can refuse a request.
 *
 * <pre>{@code
 * @Route("/messages")
 * @RateLimit("1000/h")
 * final class MessageController {
 *     @Post @RateLimit("2/s") @RateLimit(value = "30/min", by = RateLimit.By.USER) void say(Message message) { … }
 * }
 * }</pre>
 *
 * <p>Each client has a bucket of {@link #burst} requests that is filled again evenly, with {@code 100/min} by one each
 * 600 ms. A refused request takes nothing from it. It is decided before the body is read: by client before all filters,
 * also before those that check logins; by user and by key behind filters of {@link Priority#AUTHENTICATION}.
 *
 * <p>A message that is one too many isn't read. {@code @OnError} gets an exception with the status 429 for it; without
 * such a method the session is closed with 1008. Messages count for who opened the session, in all of his sessions.
 *
 * <p>The annotation may also be on a method that is overridden, or on a class or interface above.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RateLimit.All.class)
public @interface RateLimit {
    /**
     * How many requests in which time: {@code 10/s}, {@code 100/min}, {@code 1000/h}, {@code 5000/d}, or with a number
     * of these units: {@code 5/10s}, {@code 20/15min}; or a setting: {@code ${shop.rate:100/min}}.
     */
    String value();

    /** How many requests may come at once after a pause; 0 for as many as {@link #value} has. */
    int burst() default 0;

    /** Whose requests are counted. */
    By by() default By.CLIENT;

    /**
     * A class that gives the key by which requests are counted, in place of {@link #by}: a
     * {@code RateLimitKey}, made by injection.
     */
    Class<?> key() default void.class;

    /** Whose requests are counted. */
    enum By {
        /**
         * The client's: by its address, as {@code Request.remoteAddress()} has it; of IPv6 by the network of its first
         * 64 bits, since a client has all of its addresses.
         */
        CLIENT,
        /** The user's: by the name of {@code Request.principal()}; those of nobody by the client. */
        USER
    }

    /** Holds repeated {@link RateLimit}. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {
        /** The limits. */
        RateLimit[] value();
    }
}
