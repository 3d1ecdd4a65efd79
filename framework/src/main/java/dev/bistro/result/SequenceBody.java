package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.spi.PulledBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

/** Values that are written one after the other; where they come from is closed in any case. */
final class SequenceBody implements PulledBody {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final byte[] END = {};

    private final Iterator<?> values;
    private final AutoCloseable resource;
    private final BodyWriter element;
    private final SequenceWriter.Layout layout;
    private boolean begun;
    private boolean complete;

    SequenceBody(Iterator<?> values, AutoCloseable resource, BodyWriter element, SequenceWriter.Layout layout) {
        this.values = values;
        this.resource = resource;
        this.element = element;
        this.layout = layout;
    }

    @Override
    public byte[] next() {
        if (complete) {
            return END;
        }
        var piece = new ByteArrayOutputStream();
        int enough = layout.isLive() ? 1 : PIECE_BYTES;
        while (piece.size() < enough && !complete) {
            writeNext(piece);
        }
        return piece.toByteArray();
    }

    private void writeNext(ByteArrayOutputStream piece) {
        boolean first = !begun;
        if (first) {
            begun = true;
            piece.writeBytes(layout.start);
        }
        if (!values.hasNext()) {
            complete = true;
            piece.writeBytes(layout.end);
            return;
        }
        if (!first) {
            piece.writeBytes(layout.between);
        }
        piece.writeBytes(element.write(values.next()));
        piece.writeBytes(layout.after);
    }

    @Override
    public boolean isLive() {
        return layout.isLive();
    }

    @Override
    public void close() throws IOException {
        try {
            resource.close();
        } catch (IOException | RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IOException("What the values come from could not be closed", fault);
        }
    }
}
