package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.Invoker;
import dev.bistro.handler.Surrounding;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.result.ResultWriter;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** A controller's method, ready to be called: binds the arguments, calls it, writes the result. Immutable. */
final class Endpoint implements Target {
    private final Function<Request, Object[]> arguments;
    private final Invoker invoker;
    private final ResultWriter writer;
    private final Surrounding surrounding;
    private final ErrorMapper errors;
    private final Traits traits;

    Endpoint(
            Function<Request, Object[]> arguments,
            Invoker invoker,
            ResultWriter writer,
            Surrounding surrounding,
            ErrorMapper errors,
            Traits traits) {
        this.arguments = arguments;
        this.invoker = invoker;
        this.writer = writer;
        this.surrounding = surrounding;
        this.errors = errors;
        this.traits = traits;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            Response<Payload> response =
                    surrounding == Surrounding.NONE ? call(request) : surrounding.around(request, () -> call(request));
            return orFailed(request, response);
        } catch (Throwable fault) {
            return errors.map(request, fault);
        }
    }

    private Response<Payload> call(ServerRequest request) throws Throwable {
        return writer.write(request, invoker.invoke(arguments.apply(request)));
    }

    /** The response; if it comes later and fails then, an error in its place. */
    private Response<Payload> orFailed(ServerRequest request, Response<Payload> response) {
        return response.body().orElse(Payload.NONE) instanceof PendingPayload pending
                ? response.withBody(pending.then((there, fault) -> orFailed(request, there, fault)))
                : response;
    }

    /**
     * A cancelled response is passed on: nobody waits for it any more. If what the response is made of was cancelled,
     * the cancellation comes wrapped in another exception, and is a fault.
     */
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
