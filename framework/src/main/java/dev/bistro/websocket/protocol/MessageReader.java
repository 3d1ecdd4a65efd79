package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.net.Input;
import dev.bistro.websocket.CloseReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * From frames to messages: every rule about what a client may send, and the limits. Belongs to the connection's owner.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.4">RFC 6455, sections 5.4 to 5.6</a>
 */
final class MessageReader {
    /** What was found in the input. */
    enum Found {
        /** No more than a part of something. */
        NOTHING,
        MESSAGE,
        /** A message that is still being unpacked, by {@link MessageReader#unpack}: that needs no input. */
        PACKED_MESSAGE,
        PING,
        PONG,
        CLOSE
    }

    private static final int MAX_CONTROL_BYTES = 125;
    private static final int COMPRESSED = 4;
    private static final int NONE = -1;

    private final FrameReader frame = new FrameReader();
    private final Utf8Check utf8 = new Utf8Check();
    private final int maxFrameBytes;
    private final int maxMessageBytes;
    private final Inflation inflation;
    private final ByteBudget budget;

    private boolean inFrame;
    // of a message that has begun:
    private int kind = NONE;
    private boolean compressed;
    private ByteArrayOutputStream parts;
    private byte[] whole;
    private boolean unpacking;
    // of a control frame:
    private byte[] control;
    private int controlBytes;

    /** With the inflation that was agreed on, or null; the parts of a message are taken from the budget of the server until all are there. */
    MessageReader(int maxFrameBytes, int maxMessageBytes, Inflation inflation, ByteBudget budget) {
        this.maxFrameBytes = maxFrameBytes;
        this.maxMessageBytes = maxMessageBytes;
        this.inflation = inflation;
        this.budget = budget;
    }

    /** Reads up to the end of the next message or control frame. */
    Found read(Input input) throws ProtocolFault {
        Found found = unpacking ? unpack() : Found.NOTHING;
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

    /** Whether a frame has begun whose payload isn't there yet. */
    boolean isInFrame() {
        return inFrame;
    }

    /** Whether a message is being unpacked. */
    boolean isUnpacking() {
        return unpacking;
    }

    /** Unpacks a part of the message that was found packed; whether it is there now, or has more. */
    Found unpack() throws ProtocolFault {
        int before = inflation.size();
        unpacking = !inflation.goOn();
        checkUtf8(kind == Opcode.TEXT && !utf8.accepts(inflation.array(), before, inflation.size() - before));
        return unpacking ? Found.PACKED_MESSAGE : Found.MESSAGE;
    }

    /** The message that was found. */
    Message message() throws ProtocolFault {
        boolean isText = kind == Opcode.TEXT;
        byte[] bytes = compressed ? inflation.message() : received();
        kind = NONE;
        checkUtf8(isText && !utf8.isComplete());
        return new Message(isText, bytes);
    }

    private byte[] received() {
        byte[] bytes = parts == null ? whole : parts.toByteArray();
        whole = null;
        forgetParts();
        return bytes;
    }

    private void forgetParts() {
        if (parts != null) {
            budget.give(parts.size());
            parts = null;
        }
    }

    /** The payload of the control frame that was found. */
    byte[] control() {
        return Arrays.copyOf(control, controlBytes);
    }

    // ---- the beginning of a frame

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
        boolean mayBeCompressed = inflation != null && !continues;
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

    // ---- its payload

    private void take(byte[] bytes, int offset, int count) throws ProtocolFault {
        if (Opcode.isControl(frame.opcode())) {
            System.arraycopy(bytes, offset, control, controlBytes, count);
            controlBytes += count;
            return;
        }
        boolean simple = frame.isAscii() && utf8.isComplete();
        checkUtf8(kind == Opcode.TEXT && !compressed && !simple && !utf8.accepts(bytes, offset, count));
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

    private static void checkUtf8(boolean broken) throws ProtocolFault {
        if (broken) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The text isn't UTF-8.");
        }
    }

    // ---- its end

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
        inflation.begin(received(), maxMessageBytes);
        return unpack();
    }

    /** Lets go of what is held outside the heap; nothing is read any more. */
    void close() {
        unpacking = false;
        forgetParts();
        if (inflation != null) {
            inflation.close();
        }
    }
}
