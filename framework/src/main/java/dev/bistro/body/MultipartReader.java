package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a multipart body into its parts as it arrives. Knows the syntax only; {@link PartHead} knows what parts mean.
 *
 * <pre>
 * body       = [ preamble CRLF ] "--" boundary *WSP CRLF part
 *              *( CRLF "--" boundary *WSP CRLF part )
 *              CRLF "--" boundary "--" [ epilogue ]
 * part       = *( field CRLF ) CRLF *OCTET          ; no CRLF "--" boundary in it
 *
 *  PREAMBLE ──delimiter──▶ DELIMITED ──CRLF──▶ HEAD ──empty line──▶ CONTENT ──delimiter──▶ DELIMITED ──"--"──▶ END
 * </pre>
 *
 * The body is read as if it had a line break before it, so that the first delimiter is like any other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1">RFC 2046, section 5.1.1</a>
 */
final class MultipartReader {
    private static final int WINDOW_BYTES = 16 * 1024;
    private static final int MAX_PADDING = 100;

    private enum State {
        PREAMBLE,
        DELIMITED,
        HEAD,
        CONTENT,
        END
    }

    private final InputStream input;
    private final byte[] delimiter;
    private final int maxHeadBytes;
    private final long maxBytes;

    private final byte[] window = new byte[WINDOW_BYTES];
    private int start;
    private int end;
    private long received;
    private State state = State.PREAMBLE;

    /**
     * @param boundary of the media type, already checked
     * @param maxHeadBytes how large the header fields of a part may be
     * @param maxBytes how large the whole body may be
     */
    MultipartReader(InputStream input, String boundary, int maxHeadBytes, long maxBytes) {
        this.input = input;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.maxHeadBytes = maxHeadBytes;
        this.maxBytes = maxBytes;
        window[end++] = '\r';
        window[end++] = '\n';
    }

    /**
     * Moves on to the next part; false if there is none. After the last part, the rest of the body is skipped.
     *
     * @throws BadRequestException if the body isn't multipart, or ends too early
     */
    boolean next() {
        if (state == State.PREAMBLE || state == State.CONTENT) {
            transferTo(OutputStream.nullOutputStream());
        }
        if (state == State.DELIMITED) {
            state = isLast() ? State.END : State.HEAD;
        }
        if (state == State.END) {
            skipEpilogue();
        }
        return state == State.HEAD;
    }

    /** The header fields of the part, a line each, decoded as Latin-1 so that a character is a byte. */
    List<String> head() {
        require(State.HEAD);
        var lines = new ArrayList<String>();
        int left = maxHeadBytes;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            lines.add(line);
            left -= line.length();
        }
        state = State.CONTENT;
        return lines;
    }

    /**
     * Writes what is left of the part's content.
     *
     * @throws UncheckedIOException if the output fails
     */
    void transferTo(OutputStream output) {
        while (true) {
            int limit = indexOfDelimiter();
            if (limit > start) {
                write(output, limit);
            }
            if (end - start >= delimiter.length) {
                start += delimiter.length;
                state = State.DELIMITED;
                return;
            }
            fill();
        }
    }

    private void write(OutputStream output, int limit) {
        try {
            output.write(window, start, limit - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start = limit;
    }

    /**
     * The index of the delimiter, or of bytes that may become one when more arrive; otherwise the end of the window.
     */
    private int indexOfDelimiter() {
        for (int at = start; at < end; at++) {
            if (window[at] == '\r' && mayBeDelimiter(at)) {
                return at;
            }
        }
        return end;
    }

    private boolean mayBeDelimiter(int at) {
        int length = Math.min(delimiter.length, end - at);
        for (int i = 1; i < length; i++) {
            if (window[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** After a delimiter: returns true if it was the last, or else reads to the end of its line. */
    private boolean isLast() {
        byte first = read();
        if (first == '-') {
            expect('-');
            return true;
        }
        for (int padding = 0; first == ' ' || first == '\t'; padding++) {
            if (padding == MAX_PADDING) {
                throw PartHead.malformed("too much white space after a boundary");
            }
            first = read();
        }
        if (first != '\r') {
            throw PartHead.malformed("a boundary with something after it");
        }
        expect('\n');
        return false;
    }

    /** A line without its CR LF. */
    private String line(int maxLength) {
        var line = new StringBuilder();
        for (byte b = read(); b != '\r'; b = read()) {
            if (b == '\n') {
                throw PartHead.malformed("a line break that isn't CR LF in the head of a part");
            }
            if (line.length() == maxLength) {
                throw new HttpException(
                        Status.CONTENT_TOO_LARGE,
                        "A part of the form has more than " + maxHeadBytes + " bytes of header");
            }
            line.append((char) (b & 0xFF));
        }
        expect('\n');
        return line.toString();
    }

    private void expect(char expected) {
        if (read() != expected) {
            throw PartHead.malformed(expected == '-' ? "a boundary with something after it" : "a CR without LF");
        }
    }

    private byte read() {
        if (start == end) {
            fill();
        }
        return window[start++];
    }

    private void skipEpilogue() {
        start = end;
        while (receive() >= 0) {
            start = end;
        }
    }

    private void fill() {
        if (receive() < 0) {
            throw PartHead.malformed("it ends before its last boundary");
        }
    }

    /** Reads more into the window, which has room once the consumed bytes are dropped; -1 at the end of the body. */
    private int receive() {
        System.arraycopy(window, start, window, 0, end - start);
        end -= start;
        start = 0;
        int count;
        try {
            count = input.read(window, end, window.length - end);
        } catch (IOException gone) {
            throw new BadRequestException("The form didn't come in full");
        }
        if (count > 0) {
            end += count;
            received += count;
            if (received > maxBytes) {
                throw new HttpException(Status.CONTENT_TOO_LARGE, "The form is larger than " + maxBytes + " bytes");
            }
        }
        return count;
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException(state + ", not " + expected);
        }
    }
}
