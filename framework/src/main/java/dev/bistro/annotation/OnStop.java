package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a singleton or controller that is called once when the application stops: after the last request, and before {@code AutoCloseable}
 * singletons are closed. It takes nothing and returns nothing. One that throws is logged, and keeps no other from being called.
 *
 * <p>The order is that of {@link OnStart}, backwards: what an object needs is stopped after the object itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStop {
    /** Greater ones are called earlier: the number that the object has for {@link OnStart}. */
    int order() default 0;
}
