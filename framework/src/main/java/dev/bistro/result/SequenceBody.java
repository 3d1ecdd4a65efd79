package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Values that are written one after the other; where they come from is closed in any case. */
record SequenceBody(Iterator<?> values, AutoCloseable resource, BodyWriter element, SequenceWriter.Layout layout)
        implements Payload.Writer {
    @Override
    public void writeTo(OutputStream output) throws IOException {
        try {
            output.write(layout.start);
            for (boolean first = true; values.hasNext(); first = false) {
                if (!first) {
                    output.write(layout.between);
                }
                output.write(element.write(values.next()));
                output.write(layout.after);
                if (layout.isLive()) {
                    output.flush();
                }
            }
            output.write(layout.end);
        } finally {
            discard();
        }
    }

    @Override
    public void discard() {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("What the values come from could not be closed", e);
        }
    }
}
