package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The media type of a method's result (or of each method's of a controller): {@code @Produces("text/html") String page()}.
 * Without it, a {@code String} goes as {@code text/plain}, a {@code byte[]} as {@code application/octet-stream}, anything else as JSON.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Produces {
    /** A media type, such as {@code text/html}; or several, of which each request gets the one that it accepts best, and of equals the first. */
    String[] value();
}
