package dev.bistro.http1;

import dev.bistro.net.Output;
import java.nio.charset.StandardCharsets;

/**
 * Writes a body in chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>
 */
final class ChunkWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private ChunkWriter() {}

    /** Writes the line before a chunk of so many bytes, at least one, since a chunk of none is the end of the body. */
    static void writeStart(long length, Output output) {
        writeHex(length, output);
        output.write(CRLF);
    }

    /** Writes the line end after a chunk. */
    static void writeEnd(Output output) {
        output.write(CRLF);
    }

    /** Writes the last chunk and the empty trailer. */
    static void writeLast(Output output) {
        output.write(LAST);
    }

    private static void writeHex(long number, Output output) {
        boolean leading = true;
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (number >>> shift) & 0xF;
            leading &= digit == 0;
            if (!leading) {
                output.write(HEX[digit]);
            }
        }
    }
}
