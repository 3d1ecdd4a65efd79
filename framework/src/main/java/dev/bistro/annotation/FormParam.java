package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from the form's field of this name: {@code @FormParam("title") String title}. The form is the
 * request's body, in {@code application/x-www-form-urlencoded} or {@code multipart/form-data}. A parameter of type
 * {@code FileUpload} is a file of the form. For a parameter that is a record, each component of the record is a field:
 * {@code @FormParam NewProduct product}.
 *
 * <p>A missing value (without {@link DefaultValue} or {@link java.util.Optional}) and one that can't be converted are
 * answered with 400 and a problem that names the field.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface FormParam {
    /** The field's name; empty for the parameter's own. */
    String value() default "";
}
