package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * The bytes that have arrived and aren't consumed yet: {@code array[position .. limit)}. The buffer belongs to a
 * worker; a connection that waits owns only the bytes that were left over.
 */
public final class Input {
    private static final byte[] NOTHING = new byte[0];

    /** The least room for further bytes behind those that were left over. */
    private static final int MIN_ROOM = 2 * 1024;

    private final int capacity;
    private byte[] array;
    private ByteBuffer view;
    private int position;
    private int limit;

    Input(int capacity) {
        this.capacity = capacity;
        replaceBy(capacity);
    }

    private void replaceBy(int size) {
        array = new byte[size];
        view = ByteBuffer.wrap(array);
    }

    /** The array that holds the bytes; it is used for others as soon as the protocol returns. */
    public byte[] array() {
        return array;
    }

    /** Where the bytes begin. */
    public int position() {
        return position;
    }

    /** Where the bytes end, exclusive. */
    public int limit() {
        return limit;
    }

    /** The number of bytes. */
    public int remaining() {
        return limit - position;
    }

    /** Consumes the bytes before this position. */
    public void position(int newPosition) {
        position = newPosition;
    }

    /**
     * Begins with the bytes that a connection had left over. Where those are many the array is larger than usual, so
     * that there is always room for more.
     */
    void load(byte[] leftover) {
        int size = Math.max(capacity, leftover.length + MIN_ROOM);
        if (leftover.length + MIN_ROOM > array.length || size == capacity && array.length > capacity) {
            replaceBy(size);
        }
        System.arraycopy(leftover, 0, array, 0, leftover.length);
        position = 0;
        limit = leftover.length;
    }

    /** Moves the bytes to the front of the array, for room behind them. */
    void compact() {
        System.arraycopy(array, position, array, 0, limit - position);
        limit -= position;
        position = 0;
    }

    /** Adds what the channel has; returns -1 at its end. */
    int readFrom(ReadableByteChannel channel) throws IOException {
        return readFrom(channel, array.length);
    }

    /** Adds what the channel has, up to so many bytes; returns -1 at its end. */
    int readFrom(ReadableByteChannel channel, int most) throws IOException {
        view.limit(limit + Math.min(most, array.length - limit)).position(limit);
        int count = channel.read(view);
        limit = view.position();
        return count;
    }

    /** A copy of the bytes that aren't consumed. */
    byte[] leftover() {
        return position == limit ? NOTHING : Arrays.copyOfRange(array, position, limit);
    }

    static byte[] nothing() {
        return NOTHING;
    }
}
