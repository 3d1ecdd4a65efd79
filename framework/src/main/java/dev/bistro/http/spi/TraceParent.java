package dev.bistro.http.spi;

import dev.bistro.http.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request belongs in a trace, as the header field {@code traceparent} says:
 *
 * <pre>
 *   00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
 *      └─ traceId                       └─ parentId      └─ flags
 * </pre>
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId the 16 digits of the caller's span, not all zero
 * @param flags 0 to 255; the lowest bit says that the caller may have recorded it
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, section 3.2</a>
 */
public record TraceParent(String traceId, String parentId, int flags) {
    private static final String FIELD = "traceparent";

    /** Version 00 has no more than this; later ones may have more behind a dash. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** The longest value that is looked at. */
    private static final int MAX_LENGTH = 512;

    /** What a request's header says; empty if the field isn't there, isn't well-formed, or is there more than once. */
    public static Optional<TraceParent> of(Headers headers) {
        int index = headers.indexOf(FIELD, 0);
        if (index < 0 || headers.indexOf(FIELD, index + 1) >= 0) {
            return Optional.empty();
        }
        return parse(headers.value(index));
    }

    /** Parses a value; empty if it isn't well-formed. */
    public static Optional<TraceParent> parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(value);
        boolean isKnown =
                form.matches() && (form.group(5) == null || !form.group(1).equals("00"));
        return isKnown
                ? Optional.of(new TraceParent(form.group(2), form.group(3), Integer.parseInt(form.group(4), 16)))
                : Optional.empty();
    }
}
