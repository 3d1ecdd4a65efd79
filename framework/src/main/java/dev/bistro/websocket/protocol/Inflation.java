package dev.bistro.websocket.protocol;

import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.Compressors.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the messages of one client, each on its own or, where that was agreed on, with what came before. Belongs to the connection's owner.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.2.2">RFC 7692, section 7.2.2</a>
 */
final class Inflation {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** How many blocks of a message may say that they are the last; each costs a new beginning. */
    private static final int MAX_ENDS = 16;

    private final Spares<Inflater> spares;
    private final boolean forgets;
    private Inflater own;

    Inflation(Compressors compressors, boolean forgets) {
        this.spares = compressors.inflaters();
        this.forgets = forgets;
    }

    /**
     * Unpacks a message.
     *
     * @throws ProtocolFault if it isn't compressed data, or has more than so many bytes
     */
    byte[] inflate(byte[] compressed, int max) throws ProtocolFault {
        if (!forgets) {
            own = own == null ? Compressors.newInflater() : own;
            return inflate(own, compressed, max);
        }
        Inflater inflater = spares.take();
        try {
            return inflate(inflater, compressed, max);
        } finally {
            spares.give(inflater);
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] compressed, int max) throws ProtocolFault {
        byte[] input = Arrays.copyOf(compressed, compressed.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, compressed.length, TAIL.length);
        inflater.setInput(input);
        var message = new Bytes((int) Math.max(64, Math.min(max + 1L, 3L * compressed.length)));
        try {
            int count;
            int ends = 0;
            do {
                message.ensureRoom();
                count = inflater.inflate(message.array(), message.size(), message.room());
                message.added(count);
                if (message.size() > max) {
                    throw new ProtocolFault(CloseReason.TOO_BIG, "The message is too big when it is unpacked.");
                }
            } while (count > 0 || ends++ < MAX_ENDS && goesOn(inflater, input));
        } catch (DataFormatException e) {
            throw new ProtocolFault(CloseReason.INVALID_DATA, "The message isn't compressed as agreed.");
        }
        return message.copy(message.size());
    }

    /** Whether there is more behind a block that says it is the last (RFC 7692, section 7.2.3.5): that begins anew. */
    private static boolean goesOn(Inflater inflater, byte[] input) {
        int rest = inflater.getRemaining();
        if (!inflater.finished() || rest == 0) {
            return false;
        }
        inflater.reset();
        inflater.setInput(input, input.length - rest, rest);
        return true;
    }

    void close() {
        if (own != null) {
            own.end();
            own = null;
        }
    }
}
