package dev.bistro.http1;

import dev.bistro.net.Output;

/** How a response's body is framed (RFC 9112, section 6). */
enum ResponseFraming {
    /** There is no body, and its status allows none. */
    NONE,
    /** By {@code Transfer-Encoding: chunked}. */
    CHUNKED,
    /** By {@code Content-Length}. */
    LENGTH,
    /** By the end of the connection. */
    CLOSE;

    /** Writes a piece of the body, of at least one byte; the array must not be changed from then on. */
    void write(byte[] piece, Output output) {
        writeStart(piece.length, output);
        output.write(piece);
        writeEnd(output);
    }

    /** Writes what the framing puts before a piece of so many bytes, at least one. */
    void writeStart(long count, Output output) {
        if (this == CHUNKED) {
            ChunkWriter.writeStart(count, output);
        }
    }

    /** Writes what the framing puts after a piece. */
    void writeEnd(Output output) {
        if (this == CHUNKED) {
            ChunkWriter.writeEnd(output);
        }
    }

    /** Writes what the framing puts after the last piece. */
    void writeLast(Output output) {
        if (this == CHUNKED) {
            ChunkWriter.writeLast(output);
        }
    }
}
