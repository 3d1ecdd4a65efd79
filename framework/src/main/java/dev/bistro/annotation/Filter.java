package dev.bistro.annotation;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose one method stands between requests and what answers them. It takes the {@code Request} and the {@code Chain}, lets the request go on or
 * answers it, and returns a {@code Response}: that of the chain, a changed one, or its own.
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
 * <p>There is one object for all requests, made by injection. Without paths and annotations it is for all requests, also for those that no route is for
 * (404, 405, and OPTIONS where nobody wrote it). Where there are both, a route needs both. {@link Priority} says which of several comes first.
 *
 * @see dev.bistro.annotation.Priority
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Filter {
    /**
     * Templates of the paths whose requests it is for, whether there is a route or not: one of them has to match. One that ends with the rest, as
     * {@code /admin/{path*}}, is also for what is above: {@code /admin}. A path that could be read as one of these in
     * another way than routes do ({@code /admin%2Fusers}, {@code //admin}) leads nowhere, and a file whose own path is
     * one of these comes to nobody past the filter.
     */
    String[] value() default {};

    /**
     * Annotations of routes that it is for: one of them stands on the method, on its class, or on a method or class above. They are kept until the application runs
     * ({@code @Retention(RetentionPolicy.RUNTIME)}).
     */
    Class<? extends Annotation>[] annotatedWith() default {};
}
