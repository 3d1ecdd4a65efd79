package dev.bistro.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that {@link OverTls} leaves out, for its many megabytes: without the second compiler the JDK encrypts a
 * hundred times slower than with it. {@link TlsSocketTest} shows with fewer what it shows.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface NotOverTls {}
