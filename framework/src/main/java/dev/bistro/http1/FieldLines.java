package dev.bistro.http1;

import dev.bistro.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The header fields of a request, kept as bytes; only fields that are asked for become text. */
final class FieldLines implements Headers {
    private static final String FORWARDED = "Forwarded";
    private static final String REAL_IP = "X-Real-IP"; // of the same length
    private static final String X_FORWARDED = "X-Forwarded-";

    private final byte[] head;
    private final int[] positions; // for each field: name, name's end, value, value's end

    FieldLines(byte[] head, int[] positions) {
        this.head = head;
        this.positions = positions;
    }

    @Override
    public int size() {
        return positions.length / 4;
    }

    @Override
    public String name(int index) {
        return text(positions[4 * index], positions[4 * index + 1]);
    }

    @Override
    public String value(int index) {
        return text(positions[4 * index + 2], positions[4 * index + 3]);
    }

    private String text(int from, int to) {
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int indexOf(String name, int from) {
        int length = name.length();
        for (int i = 4 * from; i < positions.length; i += 4) {
            if (positions[i + 1] - positions[i] == length && matches(name, positions[i])) {
                return i / 4;
            }
        }
        return -1;
    }

    /**
     * Whether a field is of the family in which proxies tell what they know of the client: {@code Forwarded},
     * {@code X-Forwarded-…}, {@code X-Real-IP}.
     */
    boolean isForwarded(int index) {
        int position = positions[4 * index];
        int length = positions[4 * index + 1] - position;
        if (length == FORWARDED.length()) {
            return matches(FORWARDED, position) || matches(REAL_IP, position);
        }
        return length > X_FORWARDED.length() && matches(X_FORWARDED, position);
    }

    /** Whether there is a field of that family. */
    boolean hasForwarded() {
        for (int i = 0; i < size(); i++) {
            if (isForwarded(i)) {
                return true;
            }
        }
        return false;
    }

    /** The fields that are kept, in their order. */
    FieldLines keep(IntPredicate kept) {
        int[] fewer = new int[positions.length];
        int length = 0;
        for (int i = 0; i < size(); i++) {
            if (kept.test(i)) {
                System.arraycopy(positions, 4 * i, fewer, length, 4);
                length += 4;
            }
        }
        return new FieldLines(head, Arrays.copyOf(fewer, length));
    }

    /** Whether the field at this index has this name. */
    boolean hasName(int index, String name) {
        int position = positions[4 * index];
        return positions[4 * index + 1] - position == name.length() && matches(name, position);
    }

    private boolean matches(String name, int position) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(head[position + i]) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
