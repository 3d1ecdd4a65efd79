package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method (or each method of a controller) waits for something: a database, a file, another server. Each of
 * its requests runs on a thread of its own, from the first request on. Without this annotation Bistro learns which
 * methods wait, so it is needed only where the first requests count.
 *
 * @see NonBlocking
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Blocking {}
