package dev.bistro.http1;

import dev.bistro.http.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The {@code Date} field, encoded once a second: {@code Date: Tue, 15 Nov 1994 08:12:31 GMT}. The time is taken for
 * each answer, which is a hundredth of what a short one costs: by the time at which the loop's round began, an answer
 * could be dated before its own {@code Last-Modified}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1">RFC 9110, section 6.6.1</a>
 */
final class DateField {
    private record Line(long second, byte[] bytes) {}

    private static volatile Line current = new Line(-1, new byte[0]);

    private DateField() {}

    /** The field line for the present second, with its CRLF. */
    static byte[] now() {
        long second = System.currentTimeMillis() / 1000;
        Line line = current;
        if (line.second != second) {
            String text = "Date: " + HttpDate.format(Instant.ofEpochSecond(second)) + "\r\n";
            line = new Line(second, text.getBytes(StandardCharsets.US_ASCII));
            current = line;
        }
        return line.bytes;
    }
}
