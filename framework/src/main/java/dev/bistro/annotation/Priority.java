package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The place among others. Of a {@link Filter}: the filter with the smaller number gets the request earlier and its
 * response later. Filters with the same number are ordered by the full names of their classes. Of any other class, or
 * of a {@link Bean} method: its object comes earlier in a {@code List<T>} or {@code Map<String, T>} that is injected,
 * and a codec is asked earlier. Objects with the same number keep the order that they have without this annotation.
 *
 * <pre>{@code
 * @Filter
 * @Priority(Priority.OBSERVATION)
 * final class AccessLog { … }
 *
 * @Priority(10)
 * final class HolidayDiscount implements Discount { … }   // before others in List<Discount>
 * }</pre>
 *
 * The named numbers are the ones that Jakarta REST has for the same purposes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Priority {
    /** For filters that watch all others: logs, timers. */
    int OBSERVATION = 500;

    /** For filters that find out who sent a request. */
    int AUTHENTICATION = 1000;

    /** For filters that decide who may do what. */
    int AUTHORIZATION = 2000;

    /** For all other filters, and the number of whatever has no such annotation. */
    int USUAL = 5000;

    /** The number. */
    int value();
}
