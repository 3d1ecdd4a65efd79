package dev.bistro.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranges of a {@code Range} field, cut to the size of the file.
 *
 * @param valid whether the field is to be followed; otherwise the response has the whole file
 * @param ranges those that have at least one byte of the file, overlapping ones merged; none if the field is valid but
 *     the file has no byte of it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, section 14</a>
 */
record ByteRanges(boolean valid, List<Span> ranges) {
    /** More ranges only serve an attack (RFC 9110, section 17.15); such a field is ignored. */
    private static final int MAX_RANGES = 32;

    private static final ByteRanges NONE = new ByteRanges(false, List.of());

    // int-range / suffix-range
    private static final Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    /** So many digits fit into a long. A longer number is beyond the end of any file. */
    private static final int MAX_DIGITS = 18;

    /** The bytes from the first to the last, which is included. */
    record Span(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    static ByteRanges parse(String field, long size) {
        String value = field.strip();
        if (!value.regionMatches(true, 0, "bytes=", 0, 6)) {
            return NONE;
        }
        List<String> specs = Arrays.stream(value.substring(6).split(","))
                .map(String::strip)
                .filter(spec -> !spec.isEmpty()) // empty elements of a list are allowed (RFC 9110, section 5.6.1.2)
                .toList();
        if (specs.isEmpty() || specs.size() > MAX_RANGES) {
            return NONE;
        }
        var spans = new ArrayList<Span>();
        for (String spec : specs) {
            Matcher matcher = SPEC.matcher(spec);
            if (!matcher.matches() || !add(spans, matcher.group(1), matcher.group(2), size)) {
                return NONE;
            }
        }
        return new ByteRanges(true, merged(spans));
    }

    /** Adds the part of a range that the file has; false if the range is invalid. */
    private static boolean add(List<Span> spans, String first, String last, long size) {
        if (first.isEmpty()) {
            return !last.isEmpty() && add(spans, Math.max(0, size - number(last)), size - 1, size);
        }
        long start = number(first);
        long end = last.isEmpty() ? Long.MAX_VALUE : number(last);
        return start <= end && add(spans, start, Math.min(end, size - 1), size);
    }

    private static long number(String digits) {
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static boolean add(List<Span> spans, long first, long last, long size) {
        if (first < size && first <= last) {
            spans.add(new Span(first, last));
        }
        return true;
    }

    /**
     * The ranges in the order of their bytes, for a file that can only be read forwards: the server may choose the
     * order (RFC 9110, section 15.3.7.2).
     */
    ByteRanges ascending() {
        return new ByteRanges(
                valid,
                ranges.stream().sorted(Comparator.comparingLong(Span::first)).toList());
    }

    /** The ranges in the order of the field, unless some overlap: then in the order of their bytes, each byte once. */
    private static List<Span> merged(List<Span> spans) {
        var sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::first));
        var merged = new ArrayList<Span>();
        for (Span next : sorted) {
            Span before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && next.first <= before.last) {
                merged.set(merged.size() - 1, new Span(before.first, Math.max(before.last, next.last)));
            } else {
                merged.add(next);
            }
        }
        return merged.size() == spans.size() ? List.copyOf(spans) : List.copyOf(merged);
    }
}
