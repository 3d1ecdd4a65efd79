package dev.bistro.limit;

import dev.bistro.http.spi.PulledBody;
import java.io.IOException;
import java.util.Optional;

/** A body that is pulled piece by piece, for a limited time. */
record TimedPulled(PulledBody body, TimedRun run) implements PulledBody {
    @Override
    public byte[] next() throws IOException {
        run.enter();
        boolean failed = true;
        try {
            byte[] piece = body.next();
            failed = false;
            return piece;
        } finally {
            run.leave(failed);
        }
    }

    @Override
    public Optional<FilePart> nextInFile() {
        run.enter();
        boolean failed = true;
        try {
            Optional<FilePart> part = body.nextInFile();
            failed = false;
            return part;
        } finally {
            run.leave(failed);
        }
    }

    @Override
    public boolean isLive() {
        return body.isLive();
    }

    @Override
    public void close() throws IOException {
        run.end();
        body.close();
    }
}
