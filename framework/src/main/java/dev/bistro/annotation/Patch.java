package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to PATCH requests, which change parts of a resource.
 *
 * <p>The value is a path template below the controller's {@link Route}: {@code @Patch("/{id}")}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5789">RFC 5789</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Patch {
    /** The path template below the controller's; empty for the controller's own path. */
    String value() default "";
}
