package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import java.util.concurrent.CompletionStage;

/**
 * What the application does with one session. Its methods are called one after the other, never two at once, and may wait. They deal with their faults
 * themselves; one that is thrown all the same closes the session.
 */
public interface SessionHandler {
    /** Makes the handler of a session whose handshake was accepted. */
    @FunctionalInterface
    interface Factory {
        SessionHandler open(WebSocketSession session);
    }

    /**
     * The session has begun.
     *
     * @param replies for a reply, until the result is done
     * @return what the next call waits for; null for nothing
     */
    CompletionStage<?> onOpen(Replies replies);

    /**
     * A message has come.
     *
     * @param replies for a reply, until the result is done
     * @return what the next call waits for; null for nothing
     */
    CompletionStage<?> onMessage(Message message, Replies replies);

    /** The session is over; the last call. */
    void onClose(CloseReason reason);
}
