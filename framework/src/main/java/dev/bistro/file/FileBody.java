package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Spans of an open file, with texts before them. As many bytes are written as were announced: what a file has grown by isn't sent, and one that has
 * become shorter ends the connection.
 */
record FileBody(Content content, List<Piece> pieces) implements Payload.Writer {
    private static final int SMALL_BYTES = 32 * 1024;

    /**
     * A part of the body.
     *
     * @param before bytes that are ours
     * @param span those of the file after them
     */
    record Piece(byte[] before, Span span) {}

    static FileBody whole(Content content) {
        return part(content, new Span(0, content.size() - 1));
    }

    static FileBody part(Content content, Span span) {
        return new FileBody(content, List.of(new Piece(new byte[0], span)));
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
        try (content) {
            write(output);
        }
    }

    private void write(OutputStream output) throws IOException {
        for (Piece piece : pieces) {
            output.write(piece.before);
            if (piece.span.length() > 0) {
                content.write(piece.span, output);
            }
        }
    }

    @Override
    public void discard() {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
