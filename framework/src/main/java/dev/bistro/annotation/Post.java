package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to POST requests, which give a resource a body to process.
 *
 * <p>The value is a path template below the controller's {@link Route}: {@code @Post("/{id}")}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3">RFC 9110, section 9.3.3</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Post {
    /** The path template below the controller's; empty for the controller's own path. */
    String value() default "";
}
