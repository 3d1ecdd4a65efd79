package dev.bistro.http1;

import dev.bistro.net.Output;

/** How a response's body is framed: RFC 9112, section 6. */
enum Framing {
    /** There is none, and there can't be. */
    NONE,
    CHUNKED,
    LENGTH,
    /** It ends with the connection. */
    CLOSE;

    /** Writes a piece of the body, of at least one byte; the array must not be changed from then on. */
    void write(byte[] piece, Output output) {
        writeStart(piece.length, output);
        output.write(piece);
        writeEnd(output);
    }

    /** Writes what stands before a piece of so many bytes, of which there is at least one. */
    void writeStart(long count, Output output) {
        if (this == CHUNKED) {
            Chunks.writeStart(count, output);
        }
    }

    /** Writes what stands after a piece. */
    void writeEnd(Output output) {
        if (this == CHUNKED) {
            Chunks.writeEnd(output);
        }
    }

    /** Writes what stands after the last piece. */
    void writeLast(Output output) {
        if (this == CHUNKED) {
            Chunks.writeLast(output);
        }
    }
}
