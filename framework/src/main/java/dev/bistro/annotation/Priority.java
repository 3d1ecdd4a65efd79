package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The place of a {@link Filter} among others: the filter with the smaller number gets the request earlier and its
 * response later. Filters with the same number are ordered by the full names of their classes.
 *
 * <pre>{@code
 * @Filter
 * @Priority(Priority.OBSERVATION)
 * final class AccessLog { … }
 * }</pre>
 *
 * The named numbers are the ones that Jakarta REST has for the same purposes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Priority {
    /** For filters that watch all others: logs, timers. */
    int OBSERVATION = 500;

    /** For filters that find out who sent a request. */
    int AUTHENTICATION = 1000;

    /** For filters that decide who may do what. */
    int AUTHORIZATION = 2000;

    /** For all other filters, and the number of a filter without this annotation. */
    int USUAL = 5000;

    /** The number. */
    int value();
}
