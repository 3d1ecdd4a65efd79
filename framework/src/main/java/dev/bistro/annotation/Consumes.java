package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The media types of request bodies that a method (or each method of a controller) accepts:
 * {@code @Consumes("application/json")}. A body of another type is answered with 415.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Consumes {
    /** Media types, such as {@code application/json} or {@code text/*}. */
    String[] value();
}
