package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The text for a constant of an enum outside of the program: in query strings, forms and JSON. The constant's name is
 * still accepted in requests, but responses have the label.
 *
 * <pre>{@code
 * enum Stock {
 *     @Label("in-stock") IN_STOCK,
 *     @Label("sold-out") SOLD_OUT
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Label {
    /** The text. */
    String value();
}
