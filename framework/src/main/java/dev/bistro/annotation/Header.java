package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A header of an answer. On a method, of its successful answers, with name and value:
 * {@code @Header(name = "Cache-Control", value = "no-store")}; it can be repeated. On a component of a record that is
 * an answer, its value, sent with whatever status that has and not in the JSON:
 *
 * <pre>{@code
 * @ResponseStatus(201)
 * record Placed(@Header String location, @Body Order order) implements Placing {}   // Location: …
 *
 * @ResponseStatus(503)
 * record Busy(@Header Optional<Duration> retryAfter) implements Placing {}          // Retry-After: 30, or no such header
 * }</pre>
 *
 * <p>A component is a text, a number, an enum, a {@code URI}, a {@code Duration} (in seconds), an {@code Instant} (as
 * RFC 9110, section 5.6.7 has dates) or another value that has one usual text; an {@code Optional} of one, or a
 * collection, whose values are sent in a field each.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Repeatable(Header.All.class)
public @interface Header {
    /**
     * The header's name, a token. It may be left out on a component that is called like it: {@code retryAfter} is
     * {@code Retry-After}.
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
