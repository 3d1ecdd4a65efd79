package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.Payload;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Spans of an open file, with texts before them. As many bytes are written as were announced: what a file has grown by isn't sent, and one that has
 * become shorter ends the connection.
 */
record FileBody(OpenFile file, List<Piece> pieces) implements Payload.Writer {
    private static final int SMALL_BYTES = 32 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * A part of the body.
     *
     * @param before bytes that are ours
     * @param span those of the file after them
     */
    record Piece(byte[] before, Span span) {}

    static FileBody whole(OpenFile file) {
        return part(file, new Span(0, file.size() - 1));
    }

    static FileBody part(OpenFile file, Span span) {
        return new FileBody(file, List.of(new Piece(new byte[0], span)));
    }

    long length() {
        return pieces.stream()
                .mapToLong(piece -> piece.before.length + piece.span.length())
                .sum();
    }

    /** Whether it is cheaper to have it as a whole than to have a thread write it. */
    boolean isSmall() {
        return length() <= SMALL_BYTES;
    }

    byte[] readAll() throws IOException {
        var bytes = new ByteArrayOutputStream((int) length());
        write(bytes);
        return bytes.toByteArray();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        try (file) {
            write(output);
        }
    }

    private void write(OutputStream output) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length()));
        for (Piece piece : pieces) {
            output.write(piece.before);
            write(piece.span, buffer, output);
        }
    }

    private void write(Span span, ByteBuffer buffer, OutputStream output) throws IOException {
        long position = span.first();
        while (position <= span.last()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), span.last() - position + 1));
            int count = file.channel().read(buffer, position);
            if (count < 0) {
                throw new EOFException("The file became shorter while it was sent");
            }
            output.write(buffer.array(), 0, count);
            position += count;
        }
    }

    @Override
    public void discard() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
