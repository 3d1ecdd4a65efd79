package dev.bistro.controller;

import dev.bistro.binding.MethodBinder;
import dev.bistro.filter.RequestResources;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.LiveBody;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.time.Duration;
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
        var files = new Files(binder, request);
        try {
            return files.keptBy(target.answer(request));
        } catch (RuntimeException | Error fault) {
            files.release();
            throw fault;
        }
    }

    /** What the form has on the disk, which a live body may need too. */
    private record Files(MethodBinder binder, ServerRequest request) implements RequestResources {
        /** A file that can't be removed is not the client's matter. */
        @Override
        public void release() {
            try {
                binder.release(request);
            } catch (RuntimeException e) {
                LOG.error("[{}] {}", request.id(), e.getMessage(), e);
            }
        }

        @Override
        public LiveBody keptBy(LiveBody body) {
            return new KeepingBody(body, this);
        }
    }

    private record KeepingBody(LiveBody body, Files files) implements LiveBody {
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
                files.release();
            }
        }
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
