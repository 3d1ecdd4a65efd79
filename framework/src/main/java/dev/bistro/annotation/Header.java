package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A header of a response. On a method it has a name and a value, and is for the successful responses:
 * {@code @Header(name = "Cache-Control", value = "no-store")}; it can be repeated. On a component of a record that the
 * method returns, the header's value is that of the component, which is left out of the JSON then; it is sent whatever
 * the status is:
 *
 * <pre>{@code
 * @Status(201)
 * record Placed(@Header String location, @Body Order order) implements Placing {}  // Location: …
 *
 * @Status(503)
 * record Busy(@Header Optional<Duration> retryAfter) implements Placing {}   // Retry-After: 30, or none
 * }</pre>
 *
 * <p>A component is a text, a number, an enum, a {@code URI}, a {@code Duration} (written in seconds), an
 * {@code Instant} (written as a date of RFC 9110, section 5.6.7) or a value of another type with one usual text form.
 * It may be an {@code Optional} of these, or a collection, of which each value is sent as a field of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Repeatable(Header.All.class)
public @interface Header {
    /**
     * The header's name, a token. On a component it may be left out, where the component has the same name in camel
     * case: {@code retryAfter} is {@code Retry-After}.
     */
    String name() default "";

    /** The header's value, on a method. */
    String value() default "";

    /** Holds repeated {@link Header}s. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.RECORD_COMPONENT})
    @interface All {
        /** The headers, in their order. */
        Header[] value();
    }
}
