package dev.bistro.websocket.protocol;

/** What a client sent is against RFC 6455, or above a limit: the session is closed with this code, and a text that the client may see. */
final class ProtocolFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolFault(int code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
