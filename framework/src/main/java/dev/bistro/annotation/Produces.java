package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The media type of what a method (or each method of a controller) returns:
 * {@code @Produces("text/html") String page()}. Without it, a {@code String} is sent as {@code text/plain}, a
 * {@code byte[]} as {@code application/octet-stream}, and anything else as JSON.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Produces {
    /**
     * A media type, such as {@code text/html}; or several, of which each request gets the one that its {@code Accept}
     * header prefers, and the first of those that it likes equally.
     */
    String[] value();
}
