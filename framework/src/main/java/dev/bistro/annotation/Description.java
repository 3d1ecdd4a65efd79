package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what something is for, in words for people. On a component of a {@link Config} record, or on the record for the
 * group of its settings, {@code --help} prints it. On a controller, its methods and their parameters, and on the
 * records of requests and answers and their components, it is in the OpenAPI document, where it goes before the
 * Javadoc.
 *
 * <pre>{@code
 * @Get("/products")
 * @Description("The products that are for sale, the newest first.")
 * List<Product> all(@Description("how many at most") @QueryParam @DefaultValue("20") int limit) {
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {
    /** The words: {@code "how many products a page has"}. */
    String value();
}
