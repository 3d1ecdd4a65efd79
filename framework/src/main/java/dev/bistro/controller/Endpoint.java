package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.Invoker;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.result.ResultWriter;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** A controller's method, ready to be called: binds its arguments, calls it, writes its result. Immutable. */
final class Endpoint implements Target {
    private final Function<Request, Object[]> arguments;
    private final Invoker invoker;
    private final ResultWriter writer;
    private final ErrorMapper errors;
    private final Traits traits;

    Endpoint(
            Function<Request, Object[]> arguments,
            Invoker invoker,
            ResultWriter writer,
            ErrorMapper errors,
            Traits traits) {
        this.arguments = arguments;
        this.invoker = invoker;
        this.writer = writer;
        this.errors = errors;
        this.traits = traits;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            return orFailed(request, writer.write(request, invoker.invoke(arguments.apply(request))));
        } catch (Throwable fault) {
            return errors.map(request, fault);
        }
    }

    /** A response that isn't there yet may still become an error. */
    private Response<Payload> orFailed(ServerRequest request, Response<Payload> response) {
        return response.body().orElse(Payload.NONE) instanceof PendingPayload pending
                ? response.withBody(pending.then((there, fault) -> orFailed(request, there, fault)))
                : response;
    }

    /** If it is the response itself that was cancelled, nobody waits for it any more; the cancellation of what it is made of comes within another exception. */
    private Response<Payload> orFailed(ServerRequest request, Response<Payload> there, Throwable fault) {
        if (fault instanceof CancellationException unwanted) {
            throw unwanted;
        }
        return fault == null ? there : errors.map(request, ErrorMapper.cause(fault));
    }

    @Override
    public Traits traits() {
        return traits;
    }
}
