package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that makes the response where an exception was thrown. In a controller it is for that controller's methods,
 * in any other class of the application for all methods. It takes the exception, the {@code Request}, or both, and
 * returns what any handler may return. The status has to be given: by {@link Status} on the method, by a
 * {@code Response} or {@code ProblemDetail}, or by {@code @Status} on the record that it returns.
 *
 * <pre>{@code
 * @ExceptionHandler
 * @Status(409)
 * Taken taken(DuplicateName fault) { return new Taken(fault.name()); }
 * }</pre>
 *
 * <p>The nearest type wins: for a {@code FileNotFoundException}, a handler of {@code IOException} comes before one of
 * {@code Exception}. Where two are equally near, the controller's own handler wins.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ExceptionHandler {
    /** The exceptions, each with its subclasses. By default, the type of the exception parameter. */
    Class<? extends Throwable>[] value() default {};
}
