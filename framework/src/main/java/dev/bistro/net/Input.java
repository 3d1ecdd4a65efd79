package dev.bistro.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * The bytes that arrived and weren't dealt with yet: {@code array[position .. limit)}. Belongs to a worker; a connection that waits
 * owns only what was left over.
 */
public final class Input {
    private static final byte[] NOTHING = new byte[0];

    /** How much can be read at least, however much was left over. */
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

    /** The array that holds the bytes. It is used for other bytes as soon as the protocol returns. */
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

    /** How many bytes there are. */
    public int remaining() {
        return limit - position;
    }

    /** Says that the bytes before this position are dealt with. */
    public void position(int newPosition) {
        position = newPosition;
    }

    /**
     * Begins with what a connection had left over. The array is larger than usual where that is much, so that there is
     * always room for more.
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

    /** Makes room behind the bytes, by moving them to the front of the array. */
    void compact() {
        System.arraycopy(array, position, array, 0, limit - position);
        limit -= position;
        position = 0;
    }

    /** Adds what the channel has; -1 at its end. */
    int readFrom(ReadableByteChannel channel) throws IOException {
        return readFrom(channel, array.length);
    }

    /** Adds what the channel has, but no more than so much; -1 at its end. */
    int readFrom(ReadableByteChannel channel, int most) throws IOException {
        view.limit(limit + Math.min(most, array.length - limit)).position(limit);
        int count = channel.read(view);
        limit = view.position();
        return count;
    }

    /** What the protocol left, as a copy. */
    byte[] leftover() {
        return position == limit ? NOTHING : Arrays.copyOfRange(array, position, limit);
    }

    static byte[] nothing() {
        return NOTHING;
    }
}
