package dev.bistro.http1;

import java.util.Arrays;

/**
 * The last head of a connection, with its bytes. Clients send the same fields with one request after the other, and
 * often the same target: bytes that are the same mean the same, so they aren't parsed again, and what was decided by
 * them isn't decided again. A connection that is idle keeps it, so only a short one is kept.
 *
 * @param line method and target, each with its space
 * @param fields where the version and the fields are, from {@code from} to the array's end
 */
record KnownHead(RequestHead head, byte[] line, byte[] fields, int from) {
    /** The longest head that is kept. */
    static final int MAX_BYTES = 1024;

    /** The length of the version and the fields, with the line that ends them. */
    int fieldBytes() {
        return fields.length - from;
    }

    /** Whether these bytes, up to the limit, begin with the version and the fields of this head, to its end. */
    boolean hasFieldsAt(byte[] other, int start, int limit) {
        int length = fieldBytes();
        return limit - start >= length && Arrays.equals(other, start, start + length, fields, from, fields.length);
    }

    /** Whether these bytes are its method and target, and no fields were taken off it, so that it can be used again. */
    boolean isFor(byte[] other, int start, int end) {
        return head.headers() == head.fields().lines() && Arrays.equals(other, start, end, line, 0, line.length);
    }
}
