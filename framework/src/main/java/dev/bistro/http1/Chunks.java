package dev.bistro.http1;

import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;

/**
 * Writes a body in chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>
 */
final class Chunks {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Chunks() {}

    /** Writes one chunk, of at least one byte: none would be the end. */
    static void write(byte[] bytes, int length, Output output) {
        writeHex(length, output);
        output.write(CRLF);
        output.write(bytes, 0, length);
        output.write(CRLF);
    }

    /** Writes the end. */
    static void writeLast(Output output) {
        output.write(LAST);
    }

    private static void writeHex(int number, Output output) {
        boolean leading = true;
        for (int shift = 28; shift >= 0; shift -= 4) {
            int digit = number >>> shift & 0xF;
            leading &= digit == 0;
            if (!leading) {
                output.write(HEX[digit]);
            }
        }
    }
}
