package dev.bistro.controller;

import dev.bistro.binding.MethodBinder;
import dev.bistro.http.Execution;
import dev.bistro.http.LiveBody;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target that takes forms: when a request was answered, in whatever way, the files of its form are removed. */
final class FormTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(FormTarget.class);

    private final Target target;
    private final MethodBinder binder;

    FormTarget(Target target, MethodBinder binder) {
        this.target = target;
        this.binder = binder;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        Response<Payload> response;
        try {
            response = target.answer(request);
        } catch (RuntimeException | Error fault) {
            release(request);
            throw fault;
        }
        return releasing(request, response);
    }

    /** The response; what the form has on the disk is removed once its body is there in full, or won't be. */
    private Response<Payload> releasing(ServerRequest request, Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof Payload.Pending pending) {
            return response.withBody(pending.then((there, fault) -> {
                if (fault != null) {
                    release(request);
                    throw new CompletionException(fault);
                }
                return releasing(request, there);
            }));
        }
        if (payload instanceof Payload.Stream stream) {
            return response.withBody(
                    new Payload.Stream(new ReleasingWriter(request, stream.writer()), stream.length()));
        }
        if (payload instanceof Payload.Live live) {
            return response.withBody(new Payload.Live(new ReleasingBody(request, live.body())));
        }
        release(request);
        return response;
    }

    /** A file that can't be removed is not the client's matter. */
    private void release(ServerRequest request) {
        try {
            binder.release(request);
        } catch (RuntimeException e) {
            LOG.error("[{}] {}", request.id(), e.getMessage(), e);
        }
    }

    private final class ReleasingWriter implements Payload.Writer {
        private final ServerRequest request;
        private final Payload.Writer writer;

        ReleasingWriter(ServerRequest request, Payload.Writer writer) {
            this.request = request;
            this.writer = writer;
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            try {
                writer.writeTo(output);
            } finally {
                release(request);
            }
        }

        @Override
        public void discard() {
            try {
                writer.discard();
            } finally {
                release(request);
            }
        }
    }

    private final class ReleasingBody implements LiveBody {
        private final ServerRequest request;
        private final LiveBody body;

        ReleasingBody(ServerRequest request, LiveBody body) {
            this.request = request;
            this.body = body;
        }

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
                release(request);
            }
        }
    }

    @Override
    public Execution execution() {
        return target.execution();
    }

    @Override
    public BodyUse bodyUse() {
        return target.bodyUse();
    }
}
