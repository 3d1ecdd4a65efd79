package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;

/** What a client sent is against RFC 6455, above a limit, or more than there is room for: the session is closed with this code, and a text that the client may see. */
final class ProtocolFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolFault(int code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    /** The server as a whole holds as much as it may for its clients. */
    static ProtocolFault noRoom() {
        return new ProtocolFault(CloseReason.TRY_AGAIN_LATER, "The server has no room for the message now.");
    }

    int code() {
        return code;
    }
}
