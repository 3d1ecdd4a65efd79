package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.Compressors.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the messages of one client, each on its own or, where that was agreed on, with what came before. A message is unpacked in turns, since a few bytes can become very many.
 * Belongs to the connection's owner.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.2">RFC 7692, section 7.2.2</a>
 */
final class Inflation {
    /** How much is unpacked in a turn; it takes some tenths of a millisecond. */
    static final int TURN_BYTES = 64 * 1024;

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** What a new beginning takes, as if it were so many bytes: the window has to be copied. */
    private static final int BEGINNING_BYTES = 4 * 1024;

    private final Window window;
    private final ByteBudget budget;
    private Inflater inflater;
    // of the message that is being unpacked:
    private byte[] input;
    private int max;
    private Bytes message;
    private int remembered;
    private int held; // of the budget, for the message

    /** The memory of a context, and of a message while it is unpacked, is taken from the budget of the server. */
    Inflation(boolean forgets, ByteBudget budget) {
        this.window = forgets ? null : new Window();
        this.budget = budget;
    }

    /** Begins to unpack a message that may become so many bytes. */
    void begin(byte[] compressed, int maxBytes) throws ProtocolFault {
        if (inflater == null) {
            open();
        }
        input = Arrays.copyOf(compressed, compressed.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, compressed.length, TAIL.length);
        inflater.setInput(input);
        max = maxBytes;
        message = new Bytes((int) Math.max(64, Math.min(max + 1L, 3L * compressed.length)));
        remembered = 0;
    }

    private void open() throws ProtocolFault {
        if (window == null) {
            inflater = Compressors.inflaters().take();
        } else {
            if (!budget.tryTake(Window.SIZE)) {
                throw ProtocolFault.noRoom();
            }
            inflater = Compressors.newInflater();
        }
    }

    /**
     * Unpacks a part of the message.
     *
     * @return whether that was all
     * @throws ProtocolFault if it isn't compressed data, or has too many bytes
     */
    boolean goOn() throws ProtocolFault {
        try {
            int left = TURN_BYTES;
            while (left > 0) {
                message.ensureRoom(max + 1L);
                hold();
                int count = inflater.inflate(message.array(), message.size(), Math.min(left, message.room()));
                message.added(count);
                left -= count > 0 ? count : BEGINNING_BYTES;
                if (message.size() > max) {
                    throw new ProtocolFault(CloseReason.TOO_BIG, "The message is too big when it is unpacked.");
                }
                if (count == 0 && !goesOn()) {
                    end();
                    return true;
                }
            }
            return false;
        } catch (DataFormatException e) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The message isn't compressed as agreed.");
        }
    }

    private void hold() throws ProtocolFault {
        int more = message.array().length - held;
        if (more > 0 && !budget.tryTake(more)) {
            throw ProtocolFault.noRoom();
        }
        held += more;
    }

    private void release() {
        message = null;
        input = null;
        budget.give(held);
        held = 0;
    }

    /**
     * Whether there is more, behind a block that says it is the last. What follows may refer to what was before it (RFC 7692, section 7.2.3.5), so the inflater begins anew with the
     * window that it had. Where only our own tail follows, the client has left out the block that should be there.
     */
    private boolean goesOn() throws DataFormatException {
        if (!inflater.finished()) {
            return false;
        }
        int rest = inflater.getRemaining();
        if (rest < TAIL.length) {
            throw new DataFormatException("It ends within a block");
        }
        inflater.reset();
        keepWindow();
        if (rest == TAIL.length) {
            return false;
        }
        inflater.setInput(input, input.length - rest, rest);
        return true;
    }

    private void keepWindow() {
        if (window != null) {
            remember();
            inflater.setDictionary(window.bytes());
        } else {
            int count = Math.min(message.size(), Window.SIZE);
            inflater.setDictionary(message.array(), message.size() - count, count);
        }
    }

    private void remember() {
        window.add(message.array(), remembered, message.size() - remembered);
        remembered = message.size();
    }

    private void end() {
        if (window != null) {
            remember();
        } else {
            Compressors.inflaters().give(inflater);
            inflater = null;
        }
    }

    /** How much there is of the message. */
    int size() {
        return message.size();
    }

    /** What there is of the message; more than that is in the array. */
    byte[] array() {
        return message.array();
    }

    /** The message, when that was all. */
    byte[] message() {
        byte[] bytes = message.copy(message.size());
        release();
        return bytes;
    }

    /** Lets go of the memory outside the heap; nothing is unpacked any more. */
    void close() {
        release();
        if (inflater == null) {
            return;
        }
        inflater.end();
        inflater = null;
        if (window != null) {
            budget.give(Window.SIZE);
        }
    }
}
