package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to GET requests, which read a resource. HEAD requests of the same path are answered from it too, where
 * no {@link Head} method is written.
 *
 * <p>The value is a path template below the controller's {@link Route}: {@code @Get("/{id}")}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1">RFC 9110, section 9.3.1</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Get {
    /** The path template below the controller's; empty for the controller's own path. */
    String value() default "";
}
