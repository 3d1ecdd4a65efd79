package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter is where the request has no value for it, written as a request would write it: {@code @DefaultValue("20") int limit}; or
 * what a component of a {@link Config} record is where no setting says otherwise: {@code @DefaultValue("10MB") ByteSize maxUpload}. It is converted once
 * at startup; one that can't be converted is a startup fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface DefaultValue {
    /** The text to convert. */
    String value();
}
