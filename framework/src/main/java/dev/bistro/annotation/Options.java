package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a method to OPTIONS requests. It is needed only where the {@code Allow} header that Bistro answers with isn't
 * enough.
 *
 * <p>The value is a path template below the controller's {@link Route}: {@code @Options("/{id}")}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.7">RFC 9110, section 9.3.7</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Options {
    /** The path template below the controller's; empty for the controller's own path. */
    String value() default "";
}
