package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from the request's body, read by its {@code Content-Type}: {@code @Body NewProduct product}.
 *
 * <p>On the only component of a record that is a result it makes the component the answer's body, instead of an object around it.
 *
 * <p>Not needed where the type says it: a record or class on a method with a body is read from the body.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Body {}
