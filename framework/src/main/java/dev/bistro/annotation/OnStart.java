package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a singleton or controller that is called once when the application starts: after all objects are made,
 * and before the first request can come. It has no parameters and returns nothing. If it throws, the application
 * doesn't start.
 *
 * <pre>{@code
 * @Singleton
 * final class PriceFeed {
 *     @OnStart void connect() { … }
 *     @OnStop void disconnect() { … }
 * }
 * }</pre>
 *
 * <p>What an object needs is started before the object itself. {@link #order} moves a method before or after all
 * methods of another order.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStart {
    /**
     * Smaller ones are called earlier. Those of the same order are called in the order in which their objects were
     * made.
     */
    int order() default 0;
}
