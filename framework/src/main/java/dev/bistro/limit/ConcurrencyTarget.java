package dev.bistro.limit;

import dev.bistro.filter.RequestResources;
import dev.bistro.filter.ResourceTarget;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets so many requests through at once, each until its answer is complete. */
record ConcurrencyTarget(
        ConcurrencyLimiter limiter, Target next, BiFunction<Request, HttpException, Response<Payload>> refusals)
        implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        Optional<RequestResources> permit = limiter.tryEnter();
        return permit.isPresent()
                ? new ResourceTarget(next, known -> permit.get()).answer(request)
                : refusals.apply(request, ConcurrencyLimiter.refusal());
    }

    @Override
    public Traits traits() {
        return next.traits();
    }
}
