package dev.bistro.filter;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.LiveBody;
import dev.bistro.http.spi.LivePayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledBody;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.inject.RequestObjects;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What belongs to one request, and is let go of when its response is there in full, or won't be. */
public interface RequestResources {
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
        if (payload instanceof PendingPayload pending) {
            return response.withBody(pending.then(this::keptBy));
        }
        if (payload instanceof StreamPayload stream) {
            return response.withBody(new StreamPayload(new KeepingWriter(stream.writer(), this), stream.length()));
        }
        if (payload instanceof PulledPayload pulled) {
            return response.withBody(new PulledPayload(new KeepingPulled(pulled.body(), this), pulled.length()));
        }
        if (payload instanceof LivePayload live) {
            return response.withBody(new LivePayload(keptBy(live.body())));
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
    record KeepingPulled(PulledBody body, RequestResources belongings) implements PulledBody {
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
    record KeepingWriter(StreamingBody writer, RequestResources belongings) implements StreamingBody {
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
