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
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A target whose requests hold resources, from before it is called until the response has been written or discarded.
 *
 * <pre>
 *   bytes, or no body       released when the target returns
 *   stream, pulled body     released when it has been written, or discarded
 *   pending response        as the response that comes; released if it fails or is cancelled
 *   live body               released before, or when it is closed: {@link RequestResources#areNeededByLiveBody}
 * </pre>
 *
 * @param acquire takes the resources of a request
 */
public record ResourceTarget(Target target, Function<ServerRequest, RequestResources> acquire) implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        RequestResources resources = acquire.apply(request);
        try {
            return releasedAfter(resources.call(() -> target.answer(request)), resources);
        } catch (RuntimeException | Error fault) {
            resources.release();
            throw fault;
        }
    }

    /** The response, with the resources released after it. */
    private static Response<Payload> releasedAfter(Response<Payload> response, RequestResources resources) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof PendingPayload pending) {
            return response.withBody(pending.then((there, fault) -> {
                if (fault != null) {
                    resources.release();
                    throw new CompletionException(fault);
                }
                return releasedAfter(there, resources);
            }));
        }
        if (payload instanceof StreamPayload stream) {
            return response.withBody(
                    new StreamPayload(new ReleasingStream(stream.writer(), resources), stream.length()));
        }
        if (payload instanceof PulledPayload pulled) {
            return response.withBody(new PulledPayload(new ReleasingPulled(pulled.body(), resources), pulled.length()));
        }
        if (payload instanceof LivePayload live && resources.areNeededByLiveBody()) {
            return response.withBody(new LivePayload(new ReleasingLive(live.body(), resources)));
        }
        resources.release();
        return response;
    }

    @Override
    public Traits traits() {
        return target.traits();
    }

    /** May be written on another thread than the handler's. */
    private record ReleasingStream(StreamingBody body, RequestResources resources) implements StreamingBody {
        @Override
        public void writeTo(OutputStream output) throws IOException {
            try {
                resources.<Void, IOException>call(() -> {
                    body.writeTo(output);
                    return null;
                });
            } finally {
                resources.release();
            }
        }

        @Override
        public void discard() {
            try {
                body.discard();
            } finally {
                resources.release();
            }
        }
    }

    /** Its pieces may be made on any thread, one at a time. */
    private record ReleasingPulled(PulledBody body, RequestResources resources) implements PulledBody {
        @Override
        public byte[] next() throws IOException {
            return resources.call(body::next);
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
                resources.release();
            }
        }
    }

    private record ReleasingLive(LiveBody body, RequestResources resources) implements LiveBody {
        @Override
        public void start(Runnable wake) {
            body.start(wake);
        }

        @Override
        public byte[] next() {
            return body.next();
        }

        @Override
        public boolean isComplete() {
            return body.isComplete();
        }

        @Override
        public Duration heartbeatInterval() {
            return body.heartbeatInterval();
        }

        @Override
        public byte[] heartbeat() {
            return body.heartbeat();
        }

        @Override
        public void close() {
            try {
                body.close();
            } finally {
                resources.release();
            }
        }
    }
}
