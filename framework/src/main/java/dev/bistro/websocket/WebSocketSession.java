package dev.bistro.websocket;

import dev.bistro.http.Request;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A client that is connected by WebSocket. Any thread may use it: each message goes out whole, and what one thread sends goes out in the order in which
 * it was sent.
 *
 * <p>To send never waits. What the client hasn't taken yet is kept, up to the setting {@code server.websocket.queue-size}; a client that is
 * further behind is closed with {@link CloseReason#TRY_AGAIN_LATER}. Whoever sends more than that at once waits for what was sent before:
 *
 * <pre>{@code
 * session.send("first");                                       // goes out when it can
 * session.send("much").toCompletableFuture().join();           // waits until the client's side has taken it
 * session.send("more").thenRun(() -> session.send("and more"));
 * }</pre>
 *
 * <p>What {@code send} returns is done when the message has left for the network, and fails with an {@link java.io.IOException} if the session is closed
 * before that. What depends on it runs on a thread that may wait.
 */
public interface WebSocketSession {
    /** The session's id: that of its opening request, short and unique in this process, and in each log line about the session. */
    String id();

    /** The request that opened it, with its path variables, query, headers and cookies. It is for the session's handlers, one thread at a time. */
    Request request();

    /** The subprotocol that was agreed on, if there is one. */
    Optional<String> subprotocol();

    /** Sends a text message. */
    CompletionStage<Void> send(String text);

    /** Sends a binary message. The array must not be changed from then on. */
    CompletionStage<Void> send(byte[] bytes);

    /** Sends a text message with the value as JSON. */
    CompletionStage<Void> sendJson(Object value);

    /** Closes it with {@link CloseReason#NORMAL}, after what was sent before. A second close does nothing. */
    default void close() {
        close(CloseReason.NORMAL, "");
    }

    /**
     * Closes it, after what was sent before. Messages of the client that weren't handled yet won't be. A second close does nothing.
     *
     * @throws IllegalArgumentException if a close frame may not have the code, or can't hold the reason
     */
    void close(int code, String reason);

    /** Whether it takes messages: no side has closed it, and the connection is there as far as we know. */
    boolean isOpen();

    /** What was kept with the session under a name. */
    Optional<Object> attribute(String name);

    /** Keeps something with the session, for its handlers or others. */
    void setAttribute(String name, Object value);
}
