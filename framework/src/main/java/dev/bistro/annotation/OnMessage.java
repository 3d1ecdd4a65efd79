package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a {@link WebSocket} class: called with each message of a session, one after the other. The one
 * parameter that doesn't come from the opening request is the message. Its type says which messages the method is for:
 * {@code String} for text, {@code byte[]} or {@code ByteBuffer} for binary messages, any other type for text that is
 * read as JSON. There may be one method for text and one for binary messages.
 *
 * <p>What it returns is sent as the reply: a {@code String} as text, {@code byte[]} or {@code ByteBuffer} as a binary
 * message, any other value as JSON; {@code void} and null send nothing. Of a {@code CompletionStage} the value is sent
 * when it is there, and the next message waits for that.
 *
 * <p>{@code @Body} marks the message where another parameter could be the message too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnMessage {}
