package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes a parameter from the request's body, read by its {@code Content-Type}: {@code @Body NewProduct product}.
 *
 * <p>On a component of a record that a method returns, it makes that component the response's body, instead of a JSON
 * object around it.
 *
 * <p>On a parameter it isn't needed where the type says it: a record or class is read from the body if the method's
 * requests have one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Body {}
