package dev.bistro.controller;

import dev.bistro.http.Execution;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Target;
import dev.bistro.inject.RequestObjects;
import dev.bistro.inject.RequestScope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/**
 * A target whose requests have objects of their own, from before it is called until the response is there: a body that is written piece by piece keeps them
 * until it is written, and a response that comes later until it is there, or nobody waits for it any more. There is none around a target where nothing that
 * is injected belongs to a request.
 */
final class ScopedTarget implements Target {
    private final Target target;
    private final RequestScope scope;

    ScopedTarget(Target target, RequestScope scope) {
        this.target = target;
        this.scope = scope;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        RequestObjects objects = scope.begin(request);
        try {
            return closing(objects.call(() -> target.answer(request)), objects);
        } catch (RuntimeException | Error e) {
            objects.close();
            throw e;
        }
    }

    /** The response, after which the objects are closed. */
    private static Response<Payload> closing(Response<Payload> response, RequestObjects objects) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof Payload.Stream stream) {
            return response.withBody(new Payload.Stream(new ScopedWriter(stream.writer(), objects), stream.length()));
        }
        if (payload instanceof Payload.Pending pending) {
            return response.withBody(pending.then((there, fault) -> closing(there, fault, objects)));
        }
        objects.close();
        return response;
    }

    private static Response<Payload> closing(Response<Payload> there, Throwable fault, RequestObjects objects) {
        if (fault != null) {
            objects.close();
            throw new CompletionException(fault);
        }
        return closing(there, objects);
    }

    @Override
    public Execution execution() {
        return target.execution();
    }

    @Override
    public BodyUse bodyUse() {
        return target.bodyUse();
    }

    /** Writes on another thread than the handler's, with the request's objects, and is the last that has them. */
    private record ScopedWriter(Payload.Writer writer, RequestObjects objects) implements Payload.Writer {
        @Override
        public void writeTo(OutputStream output) throws IOException {
            try (objects) {
                objects.call(() -> {
                    writer.writeTo(output);
                    return null;
                });
            }
        }

        @Override
        public void discard() {
            try (objects) {
                writer.discard();
            }
        }
    }
}
