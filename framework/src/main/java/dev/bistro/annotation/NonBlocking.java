package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method (or each method of a controller) never waits: its requests always run on the event loop. If it
 * waits all the same, the loop goes on with another thread each time, a warning is logged, and Bistro doesn't learn
 * from it. Without this annotation Bistro learns which methods wait.
 *
 * @see Blocking
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NonBlocking {}
