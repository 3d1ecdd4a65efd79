package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from a request header: {@code @HeaderParam String userAgent} reads {@code User-Agent}.
 *
 * <p>A missing value (without {@link DefaultValue} or {@link java.util.Optional}) and one that can't be converted are
 * answered with 400 and a problem that names the header.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface HeaderParam {
    /** The header's name; empty for the parameter's own, where {@code camelCase} is read as {@code Camel-Case}. */
    String value() default "";
}
