package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.spi.PulledBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** A body of values that are written one after the other. What they are read from is closed in any case. */
final class SequenceBody implements PulledBody {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final byte[] END = {};

    private final Iterator<?> values;
    private final AutoCloseable resource;
    private final BodyWriter element;
    private final Delimiters delimiters;
    private boolean begun;
    private boolean complete;

    SequenceBody(Iterator<?> values, AutoCloseable resource, BodyWriter element, Delimiters delimiters) {
        this.values = values;
        this.resource = resource;
        this.element = element;
        this.delimiters = delimiters;
    }

    @Override
    public byte[] next() {
        if (complete) {
            return END;
        }
        var piece = new ByteArrayOutputStream();
        int enough = delimiters.isLive() ? 1 : PIECE_BYTES;
        while (piece.size() < enough && !complete) {
            writeNext(piece);
        }
        return piece.toByteArray();
    }

    private void writeNext(ByteArrayOutputStream piece) {
        boolean first = !begun;
        if (first) {
            begun = true;
            piece.writeBytes(delimiters.start);
        }
        if (!values.hasNext()) {
            complete = true;
            piece.writeBytes(delimiters.end);
            return;
        }
        if (!first) {
            piece.writeBytes(delimiters.between);
        }
        piece.writeBytes(element.write(values.next()));
        piece.writeBytes(delimiters.after);
    }

    @Override
    public boolean isLive() {
        return delimiters.isLive();
    }

    @Override
    public void close() throws IOException {
        try {
            resource.close();
        } catch (IOException | RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IOException("The source of the values could not be closed", fault);
        }
    }

    /** What is written around the values. */
    enum Delimiters {
        NONE("", "", "", ""),
        ARRAY("[", ",", "", "]"),
        LINES("", "", "\n", "");

        private final byte[] start;
        private final byte[] between;
        private final byte[] after;
        private final byte[] end;

        Delimiters(String start, String between, String after, String end) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.between = between.getBytes(StandardCharsets.US_ASCII);
            this.after = after.getBytes(StandardCharsets.US_ASCII);
            this.end = end.getBytes(StandardCharsets.US_ASCII);
        }

        /** Whether the client can use a value before the next one is there. */
        boolean isLive() {
            return this == LINES;
        }
    }
}
