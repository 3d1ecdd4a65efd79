package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The media types that a method (or each method of a controller) accepts as a request's body; another one is answered with 415:
 * {@code @Consumes("application/json")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Consumes {
    /** Media types, such as {@code application/json} or {@code text/*}. */
    String[] value();
}
