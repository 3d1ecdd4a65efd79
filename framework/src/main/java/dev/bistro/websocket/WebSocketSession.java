package dev.bistro.websocket;

import dev.bistro.http.Request;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A client that is connected by WebSocket. Any thread may use it: messages are never mixed, and those of one thread go
 * out in the order in which it sent them.
 *
 * <p>Sending never waits. Messages that the client hasn't taken yet are queued, up to the setting
 * {@code server.websocket.queue-size}; a client that falls further behind is closed with
 * {@link CloseReason#TRY_AGAIN_LATER}. To send more than that, wait for the messages before:
 *
 * <pre>{@code
 * session.send("first");                                       // goes out as soon as it can
 * session.send("much").toCompletableFuture().join();           // waits until it has left for the network
 * session.send("more").thenRun(() -> session.send("and more"));
 * }</pre>
 *
 * <p>The stage that {@code send} returns is complete when the message has left for the network. It fails with an
 * {@link java.io.IOException} if the session is closed before that. Its dependent actions run on a thread that may
 * wait.
 */
public interface WebSocketSession {
    /** The id of the opening request: short, unique in this process, and part of each log line about the session. */
    String id();

    /**
     * The request that opened the session, with its path variables, query, headers and cookies. Only the session's
     * handlers may use it, which run one at a time.
     */
    Request request();

    /** The subprotocol that was agreed on, if any. */
    Optional<String> subprotocol();

    /** Sends a text message. */
    CompletionStage<Void> send(String text);

    /** Sends a binary message. The array must not be changed from then on. */
    CompletionStage<Void> send(byte[] bytes);

    /** Sends a text message with the value as JSON. */
    CompletionStage<Void> sendJson(Object value);

    /**
     * Closes the session with {@link CloseReason#NORMAL}, after the messages sent before. A second close does nothing.
     */
    default void close() {
        close(CloseReason.NORMAL, "");
    }

    /**
     * Closes the session, after the messages sent before. Messages of the client that haven't been handled yet won't
     * be. A second close does nothing.
     *
     * @param code one for which {@link CloseReason#isSendable} is true
     * @param reason a text of at most 123 bytes in UTF-8
     * @throws IllegalArgumentException if a close frame may not have the code, or can't hold the reason
     */
    void close(int code, String reason);

    /** Whether messages can be sent: no side has closed the session, and the connection isn't known to be lost. */
    boolean isOpen();

    /** The value that was set under a name. */
    Optional<Object> attribute(String name);

    /** Keeps a value with the session, under a name. */
    void setAttribute(String name, Object value);
}
