package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;
import java.nio.charset.StandardCharsets;

/** What a client's close frame says. */
final class CloseFrame {
    private CloseFrame() {}

    /**
     * The reason in a payload: none, or a code and a text.
     *
     * @throws ProtocolFault if it is neither, the code isn't one that may be sent, or the text isn't UTF-8 (RFC 6455, sections 5.5.1 and 7.4)
     */
    static CloseReason parse(byte[] payload) throws ProtocolFault {
        if (payload.length == 0) {
            return new CloseReason(CloseReason.NO_CODE, "");
        }
        if (payload.length == 1) {
            throw new ProtocolFault(CloseReason.PROTOCOL_ERROR, "A close frame has a code of two bytes, or none.");
        }
        int code = (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        if (!CloseReason.isSendable(code)) {
            throw new ProtocolFault(CloseReason.PROTOCOL_ERROR, "No code to close with.");
        }
        var utf8 = new Utf8Check();
        if (!utf8.accepts(payload, 2, payload.length - 2) || !utf8.isComplete()) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The reason isn't UTF-8.");
        }
        return new CloseReason(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    /** The frame that answers one: with the same code. */
    static byte[] answer(CloseReason reason) {
        return reason.code() == CloseReason.NO_CODE ? Frames.close() : Frames.close(reason.code(), "");
    }
}
