package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;
import java.nio.charset.StandardCharsets;

/** Reads a client's close frame, and makes the frame that answers it. */
final class CloseFrame {
    private CloseFrame() {}

    /**
     * Reads a payload, which is empty or has a code and perhaps a text.
     *
     * @throws ProtocolFault if it is neither, if the code may not be sent, or if the text isn't UTF-8 (RFC 6455,
     *     sections 5.5.1 and 7.4)
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

    /** The frame that answers the client's: it has the same code, and no text. */
    static byte[] answer(CloseReason reason) {
        return reason.code() == CloseReason.NO_CODE ? Frames.close() : Frames.close(reason.code(), "");
    }
}
