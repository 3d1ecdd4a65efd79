package dev.bistro.file;

import dev.bistro.file.ByteRanges.Span;
import dev.bistro.file.FileBody.Piece;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Several ranges in one body, as {@code multipart/byteranges}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.6">RFC 9110, section 14.6</a>
 */
record MultipartRanges(String boundary, String partType, long size) {
    /** With a random boundary, which nobody can have put into the file. */
    static MultipartRanges create(String partType, long size) {
        return new MultipartRanges(UUID.randomUUID().toString(), partType, size);
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    FileBody body(FileContent content, List<Span> spans) {
        var pieces = new ArrayList<Piece>();
        for (Span span : spans) {
            String head = (pieces.isEmpty() ? "" : "\r\n") + "--" + boundary + "\r\nContent-Type: " + partType
                    + "\r\nContent-Range: " + contentRange(span, size) + "\r\n\r\n";
            pieces.add(new Piece(head.getBytes(StandardCharsets.ISO_8859_1), span));
        }
        String end = "\r\n--" + boundary + "--\r\n";
        pieces.add(new Piece(end.getBytes(StandardCharsets.ISO_8859_1), new Span(0, -1)));
        return new FileBody(content, pieces);
    }

    static String contentRange(Span span, long size) {
        return "bytes " + span.first() + "-" + span.last() + "/" + size;
    }
}
