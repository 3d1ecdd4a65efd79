package dev.bistro.http1;

import dev.bistro.http.Headers;
import java.nio.charset.StandardCharsets;

/** The header fields of a request, kept as bytes; only fields that are asked for become text. */
final class FieldLines implements Headers {
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
