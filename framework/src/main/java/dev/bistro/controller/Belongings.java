package dev.bistro.controller;

import dev.bistro.http.LiveBody;
import dev.bistro.http.Payload;
import dev.bistro.http.PulledBody;
import dev.bistro.http.Response;
import dev.bistro.inject.RequestObjects;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What belongs to one request, and is let go of when its response is there in full, or won't be. */
interface Belongings {
    /** Lets go of it. */
    void release();

    /** Runs code of a body that may need it. */
    default <T> T call(RequestObjects.Code<T, IOException> code) throws IOException {
        return code.run();
    }

    /** A body that may never end, and doesn't need it: it is let go of at once. */
    default LiveBody keptBy(LiveBody body) {
        release();
        return body;
    }

    /** The response, after which it is let go of. */
    default Response<Payload> keptBy(Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof Payload.Pending pending) {
            return response.withBody(pending.then(this::keptBy));
        }
        if (payload instanceof Payload.Stream stream) {
            return response.withBody(new Payload.Stream(new KeepingWriter(stream.writer(), this), stream.length()));
        }
        if (payload instanceof Payload.Pulled pulled) {
            return response.withBody(new Payload.Pulled(new KeepingPulled(pulled.body(), this), pulled.length()));
        }
        if (payload instanceof Payload.Live live) {
            return response.withBody(new Payload.Live(keptBy(live.body())));
        }
        release();
        return response;
    }

    private Response<Payload> keptBy(Response<Payload> there, Throwable fault) {
        if (fault != null) {
            release();
            throw new CompletionException(fault);
        }
        return keptBy(there);
    }

    /** Its pieces may be made on any thread, one at a time. */
    record KeepingPulled(PulledBody body, Belongings belongings) implements PulledBody {
        @Override
        public byte[] next() throws IOException {
            return belongings.call(body::next);
        }

        @Override
        public Optional<FilePart> nextInFile() {
            return body.nextInFile();
        }

        @Override
        public boolean isLive() {
            return body.isLive();
        }

        @Override
        public void close() throws IOException {
            try {
                body.close();
            } finally {
                belongings.release();
            }
        }
    }

    /** Writes on another thread than the handler's, and is the last that has them. */
    record KeepingWriter(Payload.Writer writer, Belongings belongings) implements Payload.Writer {
        @Override
        public void writeTo(OutputStream output) throws IOException {
            try {
                belongings.call(() -> {
                    writer.writeTo(output);
                    return null;
                });
            } finally {
                belongings.release();
            }
        }

        @Override
        public void discard() {
            try {
                writer.discard();
            } finally {
                belongings.release();
            }
        }
    }
}
