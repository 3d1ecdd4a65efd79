package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from the path's variable of this name, percent-decoded: {@code @PathParam("id") long id}.
 *
 * <p>A missing value (without {@link DefaultValue} or {@link java.util.Optional}) and one that can't be converted are
 * answered with 400 and a problem that names the parameter.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface PathParam {
    /** The name; empty for the parameter's own. */
    String value() default "";
}
