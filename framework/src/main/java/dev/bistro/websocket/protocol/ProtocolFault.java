package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;

/**
 * A client broke RFC 6455 or exceeded a limit, or the server has no memory left for its message. The session is closed
 * with this code, and the message as the reason, which the client sees.
 */
final class ProtocolFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolFault(int code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    /** The server's budget for all clients together is used up. */
    static ProtocolFault noRoom() {
        return new ProtocolFault(CloseReason.TRY_AGAIN_LATER, "The server has no room for the message now.");
    }

    int code() {
        return code;
    }
}
