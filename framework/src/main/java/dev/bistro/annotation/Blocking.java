package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method (or each method of a controller) waits for something: a database, a file, another server. Its requests run on a
 * thread of their own from the first. Nobody has to write this: Bistro learns which methods wait.
 *
 * @see NonBlocking
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Blocking {}
