package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class: makes it the endpoint of the WebSocket sessions that are opened at this path template. Injection makes
 * one object of the class, which serves all sessions; keep what belongs to one session in the session's attributes.
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
 * <p>The methods of one session never run at the same time, and may wait. Their parameters are bound as those of a
 * controller's method, from the request that opens the session: path variables, query, headers, cookies. A request with
 * a value that isn't valid is answered with 400, and no session begins.
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
