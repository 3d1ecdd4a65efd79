package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a {@link WebSocket} class: called with the {@code Throwable} that another of its methods has thrown,
 * or with the {@code HttpException} that says why a message isn't valid JSON for its type. What it returns is sent, and
 * the session stays open.
 *
 * <p>Without such a method the session is closed: with the code 1007 for a message that can't be read, 1008 and the
 * exception's text for an {@code HttpException} with a status below 500, and 1011 for anything else.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnError {}
