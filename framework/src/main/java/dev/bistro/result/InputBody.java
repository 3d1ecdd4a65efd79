package dev.bistro.result;

import dev.bistro.http.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A body that is read from a stream, which is closed in any case. */
record InputBody(InputStream input) implements Payload.Writer {
    @Override
    public void writeTo(OutputStream output) throws IOException {
        try (input) {
            input.transferTo(output);
        }
    }

    @Override
    public void discard() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
