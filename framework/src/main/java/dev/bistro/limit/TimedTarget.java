package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Gives each request a limited time. The outermost of a route, so that all that belongs to a request is released when
 * its run really ends, and not when the client has been told that it takes too long.
 *
 * @param refusals writes the answer to a request that takes too long
 */
record TimedTarget(
        Target target, Duration time, Timer timer, BiFunction<Request, HttpException, Response<Payload>> refusals)
        implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        var run = new TimedRun(this, request);
        return request.isStreamed() ? run.here() : run.apart();
    }

    /** The thread that it is called on only has it run on another one. */
    @Override
    public Traits traits() {
        Traits inner = target.traits();
        return inner.withExecution(
                        inner.execution() == Execution.NON_BLOCKING ? Execution.NON_BLOCKING : Execution.ADAPTIVE)
                .withTimeout(time);
    }
}
