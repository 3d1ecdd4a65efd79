package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that answers where an exception was thrown: in a controller for its own methods, in any other class of the application for all. It takes the exception
 * and the {@code Request}, both or one of them, and returns what any handler may; its status is said by {@link ResponseStatus}, a {@code Response}, a
 * {@code ProblemDetail}, or the result's own.
 *
 * <pre>{@code
 * @ExceptionHandler
 * @ResponseStatus(409)
 * Taken taken(DuplicateName fault) { return new Taken(fault.name()); }
 * }</pre>
 *
 * <p>The nearest type wins: of {@code IOException} and {@code Exception}, the former for a {@code FileNotFoundException}. Where two are as near, the controller's
 * own does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ExceptionHandler {
    /** The exceptions, with all below them; none for the type of the parameter. */
    Class<? extends Throwable>[] value() default {};
}
