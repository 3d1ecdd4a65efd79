package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.http.spi.PulledBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The body of a response: spans of an open file, each perhaps preceded by text. Has exactly as many bytes as were
 * announced: what was appended to the file since isn't sent, and a file that was truncated ends the connection.
 */
final class FileBody implements PulledBody {
    static final int SMALL_BYTES = 32 * 1024;
    private static final byte[] END = {};

    private final FileContent content;
    private final long length;
    private final Queue<Piece> pieces;
    private Span rest; // of the current piece

    /**
     * A part of the body.
     *
     * @param before bytes that aren't of the file
     * @param span the bytes of the file after them
     */
    record Piece(byte[] before, Span span) {
        long length() {
            return before.length + span.length();
        }
    }

    FileBody(FileContent content, List<Piece> pieces) {
        this.content = content;
        long sum = 0;
        for (Piece piece : pieces) {
            sum += piece.length();
        }
        this.length = sum;
        this.pieces = new ArrayDeque<>(pieces);
        this.rest = new Span(0, -1);
    }

    static FileBody whole(FileContent content) {
        return part(content, new Span(0, content.size() - 1));
    }

    static FileBody part(FileContent content, Span span) {
        return new FileBody(content, List.of(new Piece(END, span)));
    }

    long length() {
        return length;
    }

    /** Whether it is cheaper to read the body at once than piece by piece while it is sent. */
    boolean isSmall() {
        return length <= SMALL_BYTES;
    }

    byte[] readAll() throws IOException {
        byte[] first = next();
        if (first.length == length) {
            return first;
        }
        var bytes = new ByteArrayOutputStream((int) length);
        for (byte[] piece = first; piece.length > 0; piece = next()) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] next() throws IOException {
        while (rest.length() == 0 && !pieces.isEmpty()) {
            byte[] before = beginPiece();
            if (before.length > 0) {
                return before;
            }
        }
        return rest.length() > 0 ? read() : END;
    }

    private byte[] beginPiece() {
        Piece piece = pieces.remove();
        rest = piece.span;
        return piece.before;
    }

    private byte[] read() throws IOException {
        byte[] bytes = content.read(rest.first(), (int) Math.min(MAX_PIECE_BYTES, rest.length()));
        rest = new Span(rest.first() + bytes.length, rest.last());
        return bytes;
    }

    @Override
    public Optional<FilePart> nextInFile() {
        if (rest.length() == 0 && !pieces.isEmpty() && pieces.element().before.length == 0) {
            beginPiece();
        }
        if (rest.length() == 0) {
            return Optional.empty();
        }
        Span span = rest;
        Optional<FilePart> part =
                content.channel().map(file -> new FilePart(file, span.first(), span.length(), content.mapped()));
        if (part.isPresent()) {
            rest = new Span(span.last() + 1, span.last());
        }
        return part;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
