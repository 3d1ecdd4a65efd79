package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a singleton or controller that is called once when the application stops: after the last request, and
 * before {@code AutoCloseable} singletons are closed. It has no parameters and returns nothing. An exception is logged,
 * and the others are called all the same.
 *
 * <p>The order is the reverse of {@link OnStart}: what an object needs is stopped after the object itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStop {
    /** Greater ones are called earlier: the number that the object has for {@link OnStart}. */
    int order() default 0;
}
