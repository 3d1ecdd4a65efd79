package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a {@link WebSocket} class: called with each message of a session, one after the other. The one parameter that doesn't come from the
 * opening request is the message, and its type says which: {@code String} for text, {@code byte[]} or {@code ByteBuffer} for binary messages, any other
 * type for text that is read as JSON. There may be a method for text and one for binary messages.
 *
 * <p>What it returns is the reply: a {@code String} as text, {@code byte[]} or {@code ByteBuffer} as binary, any other value as JSON; nothing for
 * {@code void} and null. Of a {@code CompletionStage} that is its value, and the next message waits for it.
 *
 * <p>{@code @Body} marks the message where another parameter could be it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnMessage {}
