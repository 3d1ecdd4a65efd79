package dev.bistro.websocket.protocol;

/**
 * The last 32 KiB of what was decompressed, which is as far as a back-reference may reach. They are kept here since
 * java.util.zip doesn't give them out. The memory grows with what is added.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5">RFC 1951, section 3.2.5</a>
 */
final class SlidingWindow {
    static final int SIZE = 32 * 1024;

    private static final int INITIAL_BYTES = 1024;

    private byte[] ring = new byte[INITIAL_BYTES];
    private int end;
    private boolean full;

    void add(byte[] source, int offset, int count) {
        int kept = Math.min(count, SIZE);
        if (!full) {
            grow((int) Math.min(SIZE, (long) end + count));
        }
        int from = offset + count - kept;
        int first = Math.min(kept, ring.length - end);
        System.arraycopy(source, from, ring, end, first);
        System.arraycopy(source, from + first, ring, 0, kept - first);
        full |= ring.length == SIZE && end + kept >= SIZE;
        end = (end + kept) % SIZE;
    }

    private void grow(int needed) {
        if (needed > ring.length) {
            byte[] larger = new byte[Math.min(SIZE, Math.max(needed, 2 * ring.length))];
            System.arraycopy(ring, 0, larger, 0, end);
            ring = larger;
        }
    }

    /** The bytes in the window, the oldest first. */
    byte[] bytes() {
        byte[] bytes = new byte[full ? SIZE : end];
        int oldest = full ? SIZE - end : 0;
        if (full) {
            System.arraycopy(ring, end, bytes, 0, oldest);
        }
        System.arraycopy(ring, 0, bytes, oldest, end);
        return bytes;
    }
}
