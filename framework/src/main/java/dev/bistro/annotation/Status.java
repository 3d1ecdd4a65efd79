package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The status of a method's successful response, where it isn't 200 (or 204 for {@code void}):
 * {@code @Status(202)}. On a record, the status of each response that is made of it, so that the records of a
 * sealed interface can be the outcomes of a method:
 *
 * <pre>{@code
 * sealed interface Outcome {
 *     record Replaced(@Body Product product) implements Outcome {}                       // 200, the product
 *     @Status(404) record Missing() implements Outcome {}                       // 404, no body
 *     @Status(409) record Taken(String name, long by) implements Outcome {}     // 409, {"name":…,"by":…}
 * }
 * }</pre>
 *
 * <p>A record's own status comes before the method's; the status of a {@code Response} comes before both. On a
 * controller it is for all of its handlers that have no status of their own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15">RFC 9110, section 15</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Status {
    /** The status code, 200 to 599. */
    int value();
}
