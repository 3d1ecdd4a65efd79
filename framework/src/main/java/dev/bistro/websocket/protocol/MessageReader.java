package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.net.Input;
import dev.bistro.websocket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Puts messages together from frames: has every rule about what a client may send, and the limits. Belongs to the
 * connection's owner.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.4">RFC 6455, sections 5.4 to 5.6</a>
 */
final class MessageReader {
    /** What was found in the input. */
    enum Found {
        /** No complete message or control frame. */
        NOTHING,
        MESSAGE,
        /** A message that is still being decompressed, by {@link MessageReader#inflate}: that needs no input. */
        COMPRESSED_MESSAGE,
        PING,
        PONG,
        CLOSE
    }

    private static final int MAX_CONTROL_BYTES = 125;
    private static final int COMPRESSED = 4; // RSV1
    private static final int NONE = -1;

    private final FrameReader frame = new FrameReader();
    private final Utf8Check utf8 = new Utf8Check();
    private final int maxFrameBytes;
    private final int maxMessageBytes;
    private final MessageInflater inflater; // null without compression
    private final ByteBudget budget;

    private boolean inFrame;
    // the message that has begun:
    private int kind = NONE;
    private boolean compressed;
    private ByteArrayOutputStream parts;
    private byte[] whole;
    private boolean inflating;
    // the control frame:
    private byte[] control;
    private int controlBytes;

    /**
     * A reader of one client's messages.
     *
     * @param inflater decompresses as was agreed on; null without compression
     * @param budget the server's, from which the parts of incomplete messages are taken
     */
    MessageReader(int maxFrameBytes, int maxMessageBytes, MessageInflater inflater, ByteBudget budget) {
        this.maxFrameBytes = maxFrameBytes;
        this.maxMessageBytes = maxMessageBytes;
        this.inflater = inflater;
        this.budget = budget;
    }

    /** Reads to the end of the next message or control frame. */
    Found read(Input input) throws ProtocolFault {
        Found found = inflating ? inflate() : Found.NOTHING;
        while (found == Found.NOTHING) {
            if (!inFrame) {
                if (!frame.readHead(input)) {
                    return found;
                }
                begin();
                inFrame = true;
            }
            int count = frame.readPayload(input);
            take(input.array(), input.position() - count, count);
            if (!frame.isComplete()) {
                return found;
            }
            inFrame = false;
            found = end();
        }
        return found;
    }

    /** Whether the payload of a frame is still incomplete. */
    boolean isInFrame() {
        return inFrame;
    }

    /** Whether a message is being decompressed. */
    boolean isInflating() {
        return inflating;
    }

    /** Decompresses the next part of a message; finds the message when it is complete. */
    Found inflate() throws ProtocolFault {
        int before = inflater.size();
        inflating = !inflater.inflateTurn();
        requireUtf8(kind != Opcode.TEXT || utf8.accepts(inflater.array(), before, inflater.size() - before));
        return inflating ? Found.COMPRESSED_MESSAGE : Found.MESSAGE;
    }

    /** The message that was found. */
    Message message() throws ProtocolFault {
        boolean isText = kind == Opcode.TEXT;
        byte[] bytes = compressed ? inflater.message() : received();
        kind = NONE;
        requireUtf8(!isText || utf8.isComplete());
        return new Message(isText, bytes);
    }

    private byte[] received() {
        byte[] bytes = parts == null ? whole : parts.toByteArray();
        whole = null;
        dropParts();
        return bytes;
    }

    private void dropParts() {
        if (parts != null) {
            budget.give(parts.size());
            parts = null;
        }
    }

    /** The payload of the control frame that was found. */
    byte[] control() {
        return Arrays.copyOf(control, controlBytes);
    }

    // ---- the head of a frame

    private void begin() throws ProtocolFault {
        require(frame.isMasked(), "A client masks what it sends.");
        require(Opcode.isKnown(frame.opcode()), "There is no such opcode.");
        require(frame.length() >= 0 && frame.isLengthMinimal(), "The length isn't written as it has to be.");
        if (Opcode.isControl(frame.opcode())) {
            beginControl();
        } else {
            beginData();
        }
    }

    private void beginControl() throws ProtocolFault {
        require(frame.reserved() == 0, "A reserved bit is set.");
        require(frame.isFinal(), "A control frame can't be fragmented.");
        require(frame.length() <= MAX_CONTROL_BYTES, "A control frame has at most 125 bytes.");
        control = control == null ? new byte[MAX_CONTROL_BYTES] : control;
        controlBytes = 0;
    }

    private void beginData() throws ProtocolFault {
        boolean continues = frame.opcode() == Opcode.CONTINUATION;
        boolean mayBeCompressed = inflater != null && !continues;
        require(frame.reserved() == 0 || frame.reserved() == COMPRESSED && mayBeCompressed, "A reserved bit is set.");
        require(continues == (kind != NONE), continues ? "Nothing to continue." : "A message is still incomplete.");
        if (!continues) {
            kind = frame.opcode();
            compressed = frame.reserved() == COMPRESSED;
            utf8.reset();
        }
        int before = parts == null ? 0 : parts.size();
        if (frame.length() > maxFrameBytes || before + frame.length() > maxMessageBytes) {
            throw new ProtocolFault(CloseReason.TOO_BIG, "The message is too big.");
        }
    }

    private static void require(boolean kept, String rule) throws ProtocolFault {
        if (!kept) {
            throw new ProtocolFault(CloseReason.PROTOCOL_ERROR, rule);
        }
    }

    // ---- the payload of a frame

    private void take(byte[] bytes, int offset, int count) throws ProtocolFault {
        if (Opcode.isControl(frame.opcode())) {
            System.arraycopy(bytes, offset, control, controlBytes, count);
            controlBytes += count;
            return;
        }
        boolean simple = frame.isAscii() && utf8.isComplete();
        requireUtf8(kind != Opcode.TEXT || compressed || simple || utf8.accepts(bytes, offset, count));
        if (parts == null && frame.isFinal() && frame.isComplete()) {
            whole = Arrays.copyOfRange(bytes, offset, offset + count);
        } else {
            if (!budget.tryTake(count)) {
                throw ProtocolFault.noRoom();
            }
            parts = parts == null ? new ByteArrayOutputStream(Math.max(count, 32)) : parts;
            parts.write(bytes, offset, count);
        }
    }

    private static void requireUtf8(boolean valid) throws ProtocolFault {
        if (!valid) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The text isn't UTF-8.");
        }
    }

    // ---- the end of a frame

    private Found end() throws ProtocolFault {
        return switch (frame.opcode()) {
            case Opcode.PING -> Found.PING;
            case Opcode.PONG -> Found.PONG;
            case Opcode.CLOSE -> Found.CLOSE;
            default -> frame.isFinal() ? endMessage() : Found.NOTHING;
        };
    }

    private Found endMessage() throws ProtocolFault {
        if (!compressed) {
            return Found.MESSAGE;
        }
        inflater.begin(received(), maxMessageBytes);
        return inflate();
    }

    /** Frees the memory; nothing is read any more. */
    void close() {
        inflating = false;
        dropParts();
        if (inflater != null) {
            inflater.close();
        }
    }
}
