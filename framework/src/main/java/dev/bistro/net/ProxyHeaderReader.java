package dev.bistro.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Takes the bytes of a header of the PROXY protocol one after the other, as far as they have come. */
final class ProxyHeaderReader {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private int at;
    private int maxLength = ProxyHeader.MAX_BYTES;

    /** There are no more bytes yet. */
    static final class IncompleteException extends Exception {
        private static final long serialVersionUID = 1;
        private static final IncompleteException INSTANCE = new IncompleteException();

        private IncompleteException() {
            super("More bytes are needed", null, false, false); // thrown often, so without a stack trace
        }
    }

    ProxyHeaderReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    /** From now on, no byte behind this length is read. */
    void limit(int length) {
        maxLength = length;
    }

    /** How many bytes were taken. */
    int position() {
        return at - from;
    }

    /** Goes back to a position. */
    void position(int position) {
        at = from + position;
    }

    /** The next byte, from 0 to 255, which isn't taken yet. */
    int peek() throws MalformedProxyHeaderException, IncompleteException {
        if (position() == maxLength) {
            throw fault("is longer than " + maxLength + " bytes");
        }
        if (at == to) {
            throw IncompleteException.INSTANCE;
        }
        return bytes[at] & 0xFF;
    }

    /** Takes the next byte, from 0 to 255. */
    int next() throws MalformedProxyHeaderException, IncompleteException {
        int next = peek();
        at++;
        return next;
    }

    /** Takes a number of two bytes. */
    int nextShort() throws MalformedProxyHeaderException, IncompleteException {
        return next() << Byte.SIZE | next();
    }

    /** Takes so many bytes, all or none. */
    byte[] next(int count) throws IncompleteException {
        int start = at;
        skip(count);
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** Passes over so many bytes, all or none. */
    void skip(int count) throws IncompleteException {
        if (to - at < count) {
            throw IncompleteException.INSTANCE;
        }
        at += count;
    }

    /** Takes a text of one byte a character, which has to be there. */
    void expect(String text, String otherwise) throws MalformedProxyHeaderException, IncompleteException {
        for (byte expected : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (next() != expected) {
                throw fault(otherwise);
            }
        }
    }

    /** The checksum of all that was taken, as if there were zeros where it stands itself. */
    int checksum(int position) {
        byte[] header = Arrays.copyOfRange(bytes, from, at);
        Arrays.fill(header, position, position + Integer.BYTES, (byte) 0);
        var checksum = new CRC32C();
        checksum.update(header, 0, header.length);
        return (int) checksum.getValue();
    }

    /** What is wrong, to follow "The PROXY header" in a sentence. */
    static MalformedProxyHeaderException fault(String what) {
        return new MalformedProxyHeaderException("The PROXY header " + what);
    }
}
