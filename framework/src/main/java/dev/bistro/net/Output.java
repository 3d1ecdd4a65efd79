package dev.bistro.net;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a protocol writes: collects small pieces, so that a head and its body, or the responses to pipelined requests,
 * go out in one write. Belongs to the thread that writes, never to a connection. Never fails: bytes that can't be sent
 * any more are dropped, and the connection is closed when the protocol returns.
 */
public final class Output {
    /** The most that is collected before it is written. */
    private static final int MAX_CAPACITY = 64 * 1024;

    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** The most that is left free for what comes before placed bytes. */
    private static final int MAX_BEFORE = 1024;

    private byte[] bytes;
    private ByteBuffer view;
    private int size;
    private int limit; // of writing: the end of the array, or placed bytes
    private int placedStart;
    private int placedLength;
    private int placedAfter; // the size before what is written before them
    private byte[] moved; // placed bytes that were in the way; null if they are in their place
    private int mostBefore = 128; // the most that came before placed bytes, up to the limit
    private SocketWriter writer;
    private Object attachment; // null if there is none

    Output(int capacity) {
        replaceBy(new byte[capacity]);
    }

    private void replaceBy(byte[] array) {
        bytes = array;
        limit = array.length;
        view = ByteBuffer.wrap(array);
    }

    Output of(Connection receiver) {
        writer = receiver.writer();
        size = 0;
        limit = bytes.length;
        moved = null;
        return this;
    }

    /** Writes one byte. */
    public void write(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    /** Writes all bytes of an array, which must not be changed afterwards: a large one isn't copied. */
    public void write(byte[] source) {
        if (source.length > MAX_CAPACITY / 2) {
            flush();
            writer.send(ByteBuffer.wrap(source));
            return;
        }
        write(source, 0, source.length);
    }

    /** Writes a copy of a part of an array. */
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, MAX_CAPACITY);
            ensure(count);
            System.arraycopy(source, from, bytes, size, count);
            size += count;
            from += count;
            left -= count;
        }
    }

    /** Writes text whose characters are all below U+0100 as a byte each; such are the field values of HTTP. */
    @SuppressWarnings("deprecation") // the only method that copies Latin-1 text to an array without another array
    public void writeLatin1(String text) {
        int length = text.length();
        if (length > MAX_CAPACITY) {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        ensure(length);
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    /** Writes a number of at least 0 in decimal digits. */
    public void writeDecimal(long number) {
        ensure(19);
        int end = size + digits(number);
        size = end;
        do {
            bytes[--end] = (byte) ('0' + number % 10);
            number /= 10;
        } while (number > 0);
    }

    /** Writes the 16 hexadecimal digits of a number, in lower case. */
    public void writeHex(long number) {
        ensure(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[size++] = HEX_DIGITS[(int) (number >>> shift) & 15];
        }
    }

    private static int digits(long number) {
        int digits = 1;
        while (number >= 10) {
            number /= 10;
            digits++;
        }
        return digits;
    }

    private void ensure(int count) {
        if (limit - size >= count) {
            return;
        }
        if (limit < bytes.length) {
            moved = Arrays.copyOfRange(bytes, placedStart, placedStart + placedLength);
            limit = bytes.length;
        }
        if (size + count > MAX_CAPACITY) {
            flush();
        }
        if (bytes.length - size < count) {
            enlarge(size + count);
        }
    }

    private void enlarge(int least) {
        byte[] larger = new byte[Math.min(MAX_CAPACITY, Math.max(2 * bytes.length, least))];
        System.arraycopy(bytes, 0, larger, 0, size);
        replaceBy(larger);
    }

    // ---- bytes that are there before those that are written before them, as a body before its head

    /**
     * Where bytes can be placed, in {@link #array}, before others that will be written before them. Nothing is written,
     * and nothing may be until they are: by {@link #beginPlaced}, or not at all.
     *
     * @param likelyCount how many they will probably be; there may be more, up to the array's end
     * @return an index; -1 if there isn't so much room
     */
    public int placeFor(int likelyCount) {
        int start = size + mostBefore;
        if (likelyCount > MAX_CAPACITY / 2 || start + likelyCount > MAX_CAPACITY) {
            return -1;
        }
        if (start + likelyCount > bytes.length) {
            enlarge(start + likelyCount);
        }
        return start;
    }

    /** What is written to at present, for those who place bytes. */
    public byte[] array() {
        return bytes;
    }

    /**
     * Begins with placed bytes: all that is written until {@link #endPlaced} comes before them.
     *
     * @param start where they are in the array
     */
    public void beginPlaced(int start, int length) {
        if (start < size) {
            throw new IllegalStateException("Bytes were written where others had been placed");
        }
        placedStart = start;
        placedLength = length;
        placedAfter = size;
        limit = start;
    }

    /** Ends with the placed bytes, which come next. */
    public void endPlaced() {
        mostBefore = Math.max(mostBefore, Math.min(MAX_BEFORE, size - placedAfter));
        if (moved != null) {
            byte[] next = moved;
            moved = null;
            write(next);
            return;
        }
        if (size < placedStart) {
            System.arraycopy(bytes, placedStart, bytes, size, placedLength);
        }
        size += placedLength;
        limit = bytes.length;
    }

    /**
     * Sends a part of a file after what was written, as much as the socket takes at once. Where the system can, its
     * bytes don't pass through this process.
     *
     * @param mapped the whole file in memory, from which many systems send a large part at less cost; null if it isn't,
     *     or if output isn't {@linkplain #isCopiedBySystem copied by the system}
     * @return the number of bytes sent; 0 while other output waits for the client
     * @throws UnreadableFileException if the file can't be read
     */
    public long transfer(FileChannel file, long position, long count, ByteBuffer mapped)
            throws UnreadableFileException {
        flush();
        return writer.hasPending() ? 0 : writer.transfer(file, position, count, mapped);
    }

    /** Whether the system copies output from where it is, as from a mapping, so that nobody here reads it. */
    public boolean isCopiedBySystem() {
        return writer.isCopiedBySystem();
    }

    /** Whether output waits for the client; a protocol must not write more before it has gone out. */
    public boolean isCongested() {
        return writer.hasPending();
    }

    /** What a protocol keeps with this output, for all connections that it serves; null if nothing. */
    public Object attachment() {
        return attachment;
    }

    /** Keeps something with this output in the place of what was kept; null for nothing. */
    public void attach(Object kept) {
        attachment = kept;
    }

    void flush() {
        if (size > 0) {
            view.limit(size).position(0);
            size = 0;
            writer.sendCopy(view);
        }
    }
}
