package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a {@link Filter} stands among others: that with the smaller number gets the request earlier and its response later. Those with the same number
 * are ordered by the full names of their classes.
 *
 * <pre>{@code
 * @Filter
 * @Priority(Priority.OBSERVATION)
 * final class AccessLog { … }
 * }</pre>
 *
 * The numbers that have names here are those that Jakarta REST has for the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Priority {
    /** For what watches all others: logs, timers. */
    int OBSERVATION = 500;

    /** For what finds out who sent a request. */
    int AUTHENTICATION = 1000;

    /** For what decides who may do what. */
    int AUTHORIZATION = 2000;

    /** For everything else; that of a filter that says nothing. */
    int USUAL = 5000;

    /** The number. */
    int value();
}
