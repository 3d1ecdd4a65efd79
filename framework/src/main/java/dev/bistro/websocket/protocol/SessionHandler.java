package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import java.util.concurrent.CompletionStage;

/**
 * The application's side of one session. Its methods are called one after the other, never two at once, and may wait.
 * They deal with the application's exceptions; one that they throw all the same closes the session.
 */
public interface SessionHandler {
    /** Creates the handler of a session whose handshake was accepted. */
    @FunctionalInterface
    interface Factory {
        SessionHandler open(WebSocketSession session);
    }

    /**
     * Handles the beginning of the session.
     *
     * @param replies takes replies until the result is complete
     * @return the next call waits for it; null if it needn't wait
     */
    CompletionStage<?> onOpen(Replies replies);

    /**
     * Handles a message.
     *
     * @param replies takes replies until the result is complete
     * @return the next call waits for it; null if it needn't wait
     */
    CompletionStage<?> onMessage(Message message, Replies replies);

    /** Handles the end of the session. This is the last call. */
    void onClose(CloseReason reason);
}
