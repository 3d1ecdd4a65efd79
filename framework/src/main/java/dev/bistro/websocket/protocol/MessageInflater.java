package dev.bistro.websocket.protocol;

import dev.bistro.net.ByteBudget;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.Zlib.GrowingBytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses the messages of one client, with context takeover or without. A message is decompressed in turns, since
 * a few bytes can become very many. Belongs to the connection's owner.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.2">RFC 7692, section 7.2.2</a>
 */
final class MessageInflater {
    /** How many bytes a turn gives; it takes some tenths of a millisecond. */
    static final int TURN_BYTES = 64 * 1024;

    /** The end of each compressed message, which the sender leaves out. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** How many bytes of a turn a reset of the inflater counts for: the window has to be copied. */
    private static final int RESET_BYTES = 4 * 1024;

    private final SlidingWindow window; // null without context takeover
    private final ByteBudget budget;
    private Inflater inflater;
    // the message that is being decompressed:
    private byte[] input;
    private int maxBytes;
    private GrowingBytes message;
    private int inWindow; // how many bytes of the message the window has
    private int budgeted; // how many bytes of the budget the message holds

    /** The memory of a context, and of a message while it is decompressed, is taken from the server's budget. */
    MessageInflater(boolean noContextTakeover, ByteBudget budget) {
        this.window = noContextTakeover ? null : new SlidingWindow();
        this.budget = budget;
    }

    /** Begins a message, which may have so many bytes when it is decompressed. */
    void begin(byte[] compressed, int max) throws ProtocolFault {
        if (inflater == null) {
            open();
        }
        input = Arrays.copyOf(compressed, compressed.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, compressed.length, TAIL.length);
        inflater.setInput(input);
        maxBytes = max;
        message = new GrowingBytes((int) Math.max(64, Math.min(maxBytes + 1L, 3L * compressed.length)));
        inWindow = 0;
    }

    private void open() throws ProtocolFault {
        if (window == null) {
            inflater = Zlib.inflaters().acquire();
        } else {
            if (!budget.tryTake(SlidingWindow.SIZE)) {
                throw ProtocolFault.noRoom();
            }
            inflater = Zlib.newInflater();
        }
    }

    /**
     * Decompresses a part of the message.
     *
     * @return whether the message is complete
     * @throws ProtocolFault if it isn't compressed data, or has too many bytes
     */
    boolean inflateTurn() throws ProtocolFault {
        try {
            int left = TURN_BYTES;
            while (left > 0) {
                message.ensureRoom(maxBytes + 1L);
                takeBudget();
                int count = inflater.inflate(message.array(), message.size(), Math.min(left, message.room()));
                message.added(count);
                left -= count > 0 ? count : RESET_BYTES;
                if (message.size() > maxBytes) {
                    throw new ProtocolFault(CloseReason.TOO_BIG, "The message is too big when it is unpacked.");
                }
                if (count == 0 && !continuesAfterFinalBlock()) {
                    end();
                    return true;
                }
            }
            return false;
        } catch (DataFormatException e) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The message isn't compressed as agreed.");
        }
    }

    private void takeBudget() throws ProtocolFault {
        int more = message.array().length - budgeted;
        if (more > 0 && !budget.tryTake(more)) {
            throw ProtocolFault.noRoom();
        }
        budgeted += more;
    }

    private void release() {
        message = null;
        input = null;
        budget.give(budgeted);
        budgeted = 0;
    }

    /**
     * Whether input follows a block that is marked as the last. It may refer back to what was before that block (RFC
     * 7692, section 7.2.3.5), so the inflater is reset and gets the window it had. If only our own tail follows, the
     * client has left out the empty block that should be there, and the message is complete.
     */
    private boolean continuesAfterFinalBlock() throws DataFormatException {
        if (!inflater.finished()) {
            return false;
        }
        int rest = inflater.getRemaining();
        if (rest < TAIL.length) {
            throw new DataFormatException("It ends within a block");
        }
        inflater.reset();
        restoreWindow();
        if (rest == TAIL.length) {
            return false;
        }
        inflater.setInput(input, input.length - rest, rest);
        return true;
    }

    private void restoreWindow() {
        if (window != null) {
            addToWindow();
            inflater.setDictionary(window.bytes());
        } else {
            int count = Math.min(message.size(), SlidingWindow.SIZE);
            inflater.setDictionary(message.array(), message.size() - count, count);
        }
    }

    private void addToWindow() {
        window.add(message.array(), inWindow, message.size() - inWindow);
        inWindow = message.size();
    }

    private void end() {
        if (window != null) {
            addToWindow();
        } else {
            Zlib.inflaters().release(inflater);
            inflater = null;
        }
    }

    /** How many bytes of the message are decompressed. */
    int size() {
        return message.size();
    }

    /** The array that begins with those bytes; it is longer than they are. */
    byte[] array() {
        return message.array();
    }

    /** The complete message. */
    byte[] message() {
        byte[] bytes = message.copy(message.size());
        release();
        return bytes;
    }

    /** Frees the memory; nothing is decompressed any more. */
    void close() {
        release();
        if (inflater == null) {
            return;
        }
        inflater.end();
        inflater = null;
        if (window != null) {
            budget.give(SlidingWindow.SIZE);
        }
    }
}
