package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class: makes it the endpoint of WebSocket sessions that are opened below this path template. One object of it, made by injection, serves all
 * sessions; what belongs to one is kept with the session.
 *
 * <pre>{@code
 * @WebSocket("/ws/{room}")
 * final class EchoSocket {
 *     @OnOpen void open(WebSocketSession session, String room) { session.send("Welcome to " + room); }
 *     @OnMessage String message(String text) { return text; }         // what is returned is the reply
 *     @OnClose void close(WebSocketSession session, CloseReason reason) { … }
 * }
 * }</pre>
 *
 * <p>The methods of one session never run at the same time, and may wait. Their parameters are bound as a controller's, from the request that opened the
 * session: path variables, query, headers, cookies. One that isn't valid is answered with 400, before there is a session.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WebSocket {
    /** The path template. */
    String value();

    /** The subprotocols that it speaks; the first that a client asks for is agreed on. */
    String[] subprotocols() default {};
}
