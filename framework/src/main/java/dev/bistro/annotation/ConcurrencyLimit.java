package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many requests a method may answer at the same time, or each method of a controller; 503 with {@code Retry-After}
 * for those beyond.
 *
 * <pre>{@code
 * @Post("/convert") @ConcurrencyLimit(4) byte[] convert(byte[] image) { … }
 * }</pre>
 *
 * <p>A request counts from when its filters up to {@link Priority#AUTHORIZATION} have let it through, until its answer
 * is complete: until the method has returned, or the {@code CompletionStage} has its value, and until the last byte of
 * a body that is sent piece by piece has been made, or its client has gone. A feed counts as long as it is followed. A
 * request counts on after a {@link Timeout}, until its method has really returned. While the method is busy, a request
 * is refused before its body is read.
 *
 * <p>The annotation of a method takes the place of that of its class. It may also be on a method that is overridden, or
 * on a class or interface above.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ConcurrencyLimit {
    /** How many; at least 1. */
    int value();
}
