package dev.bistro.limit;

import dev.bistro.http.StreamingBody;
import java.io.IOException;
import java.io.OutputStream;

/** A body that the application writes, for a limited time. */
record TimedStream(StreamingBody body, TimedRun run) implements StreamingBody {
    @Override
    public void writeTo(OutputStream output) throws IOException {
        try {
            write(output);
        } finally {
            run.end();
        }
    }

    private void write(OutputStream output) throws IOException {
        try {
            run.enter();
        } catch (RuntimeException tooLate) {
            body.discard();
            throw tooLate;
        }
        boolean failed = true;
        try {
            body.writeTo(output);
            failed = false;
        } finally {
            run.leave(failed);
        }
    }

    @Override
    public void discard() {
        run.end();
        body.discard();
    }
}
