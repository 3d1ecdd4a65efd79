package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a parameter where the request has none for it, written as a request would write it:
 * {@code @DefaultValue("20") int limit}; or the value of a component of a {@link Config} record where no setting gives
 * one: {@code @DefaultValue("10MB") ByteSize maxUpload}; or of a component of a record in a body (as JSON, texts
 * without quotation marks), in a form or in a {@link BeanParam}. It is converted once, at startup; a text that can't be
 * converted is a startup fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface DefaultValue {
    /** The text to convert. */
    String value();
}
