package dev.bistro.testing;

import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one response of HTTP/1.1 as a client does, and strictly: what Bistro should not have sent is a fault. The body
 * is a stream that ends where the response does; interim responses are skipped.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, sections 4 to 7</a>
 */
final class ResponseReader {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9]) [^\\r\\n]*");
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final InputStream input;
    private final Status status;
    private final Headers headers;
    private final InputStream body;

    private ResponseReader(InputStream input, Status status, Headers headers, Method method) throws IOException {
        this.input = input;
        this.status = status;
        this.headers = headers;
        this.body = body(method);
    }

    static ResponseReader read(InputStream input, Method method) throws IOException {
        ResponseReader reader;
        do {
            Status status = readStatus(input);
            reader = new ResponseReader(input, status, readHeaders(input), method);
        } while (reader.status.code() < 200 && reader.status.code() != 101);
        return reader;
    }

    Status status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    InputStream body() {
        return body;
    }

    /** Whether the server closes the connection after the response. */
    boolean closes() {
        return headers.elements("Connection").stream().anyMatch("close"::equalsIgnoreCase);
    }

    /** The bytes after the head, for a connection that goes on in another protocol. */
    InputStream rest() {
        return input;
    }

    private static Status readStatus(InputStream input) throws IOException {
        String line = readLine(input);
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("Not a status line: \"" + line + '"');
        }
        return Status.of(Integer.parseInt(matcher.group(1)));
    }

    private static Headers readHeaders(InputStream input) throws IOException {
        Headers headers = Headers.empty();
        for (String line = readLine(input); !line.isEmpty(); line = readLine(input)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("Not a header field: \"" + line + '"');
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String readLine(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = input.read(); b != '\n'; b = input.read()) {
            if (b < 0) {
                throw new EOFException("The server closed the connection after \"" + line + '"');
            }
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("A line without an end");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("A line that doesn't end in CR and LF: \"" + text + '"');
        }
        return text.substring(0, text.length() - 1);
    }

    private InputStream body(Method method) throws IOException {
        if (method.equals(Method.HEAD) || status.forbidsBody() || status.code() < 200) {
            return InputStream.nullInputStream();
        }
        if (headers.combined("Transfer-Encoding").isPresent()) {
            return new Chunks(input);
        }
        var length = headers.first("Content-Length");
        return length.isPresent() ? new Counted(input, Long.parseLong(length.get())) : input;
    }

    /** A body of exactly so many bytes. */
    private static class Counted extends InputStream {
        private final InputStream input;
        private long left;

        Counted(InputStream input, long length) {
            this.input = input;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = input.read(array, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException(
                        "The server closed the connection " + left + " bytes before the end of the body");
            }
            left -= count;
            return count;
        }
    }

    /** A body in chunks. */
    private static final class Chunks extends InputStream {
        private final InputStream input;
        private InputStream chunk;
        private boolean ended;

        Chunks(InputStream input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            if (chunk == null) {
                chunk = nextChunk();
            }
            int count = ended ? -1 : chunk.read(array, offset, length);
            while (count < 0 && !ended) {
                expectEmptyLine();
                chunk = nextChunk();
                count = ended ? -1 : chunk.read(array, offset, length);
            }
            return count;
        }

        private InputStream nextChunk() throws IOException {
            String line = readLine(input);
            if (!line.matches("[0-9a-fA-F]{1,8}")) {
                throw new IOException("Not the size of a chunk: \"" + line + '"');
            }
            long size = Long.parseLong(line, 16);
            ended = size == 0;
            if (ended) {
                expectEmptyLine();
            }
            return new Counted(input, size);
        }

        private void expectEmptyLine() throws IOException {
            String line = readLine(input);
            if (!line.isEmpty()) {
                throw new IOException("A chunk is longer than its size says: \"" + line + '"');
            }
        }
    }
}
