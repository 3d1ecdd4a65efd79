package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to QUERY requests: safe, repeatable requests whose question is in the body. For a parameter of the
 * query string, see {@link QueryParam}.
 *
 * <p>The value is a path template below the controller's {@link Route}: {@code @Query("/search")}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/">The HTTP QUERY method</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Query {
    /** The path template below the controller's; empty for the controller's own path. */
    String value() default "";
}
