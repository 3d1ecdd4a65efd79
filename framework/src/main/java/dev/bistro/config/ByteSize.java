package dev.bistro.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A number of bytes: {@code ByteSize.parse("10MB").bytes()} is 10,000,000, {@code ByteSize.parse("64KiB").bytes()} is
 * 65,536.
 *
 * @param bytes how many; not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB");

    /** Checks that it isn't negative. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size can't be negative: " + bytes);
        }
    }

    /**
     * Reads a number with or without a unit: B, kB, MB, GB, KiB, MiB or GiB.
     *
     * @throws IllegalArgumentException if the text is no size
     */
    public static ByteSize parse(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        Long unit = UNITS.get(text.substring(end).strip().toLowerCase(Locale.ROOT));
        if (end == 0 || unit == null) {
            throw new IllegalArgumentException("Not a size: " + text);
        }
        return new ByteSize(Math.multiplyExact(Long.parseLong(text.substring(0, end)), unit));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /**
     * The number with the largest binary unit that divides it, as {@link #parse} reads it: {@code 64KiB}, {@code
     * 1400B}.
     */
    @Override
    public String toString() {
        int unit = 0;
        long number = bytes;
        while (unit < BINARY.size() - 1 && number != 0 && number % 1024 == 0) {
            number /= 1024;
            unit++;
        }
        return number + BINARY.get(unit);
    }
}
