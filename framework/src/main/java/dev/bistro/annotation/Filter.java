package dev.bistro.annotation;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose one method stands between requests and their handlers. The method takes the {@code Request} and the
 * {@code Chain}, lets the request go on or answers it itself, and returns a {@code Response}: that of the chain, a
 * changed one, or one of its own.
 *
 * <pre>{@code
 * @Filter("/admin/{path*}")
 * final class AdminsOnly {
 *     @Inject AdminsOnly(Accounts accounts) { … }
 *
 *     Response<?> filter(Request request, Chain chain) {
 *         return accounts.isAdmin(request) ? chain.proceed() : Response.status(Status.FORBIDDEN);
 *     }
 * }
 * }</pre>
 *
 * <p>Injection makes one object for all requests. Without paths and annotations the filter is for all requests, also
 * for those without a route (404, 405, and the OPTIONS that Bistro answers). With paths and annotations it is for
 * routes that match both. {@link Priority} says which of several filters comes first.
 *
 * @see dev.bistro.annotation.Priority
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Filter {
    /**
     * Templates of the paths whose requests it is for, whether they have a route or not: one of them has to match. One
     * that ends with a variable for the rest, such as {@code /admin/{path*}}, is also for the path above:
     * {@code /admin}. A path that others could read as one of these, although routes don't ({@code /admin%2Fusers},
     * {@code //admin}), is answered with 404; and a file whose own path is one of these isn't sent to anybody who
     * hasn't passed the filter.
     */
    String[] value() default {};

    /**
     * Annotations of the routes that it is for: one of them has to be on the handler's method, on its class, or on a
     * method that it overrides or a class or interface that it inherits from. They need
     * {@code @Retention(RetentionPolicy.RUNTIME)}.
     */
    Class<? extends Annotation>[] annotatedWith() default {};
}
