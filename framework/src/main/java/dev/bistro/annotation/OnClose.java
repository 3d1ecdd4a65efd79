package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a {@link WebSocket} class: called once, as the last of its methods, when a session is over, whoever
 * closed it and also if the connection was lost. It may take the {@code CloseReason}. Nothing can be sent to the
 * session any more.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnClose {}
