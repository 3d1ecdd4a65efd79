package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RequestResources;
import dev.bistro.filter.ResourceTarget;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;

/** Lets so many requests through at once, each until its answer is complete. */
record ConcurrencyTarget(ConcurrencyLimiter limiter, Target next, ErrorMapper errors) implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        Optional<RequestResources> permit = limiter.tryEnter();
        return permit.isPresent()
                ? new ResourceTarget(next, known -> permit.get()).answer(request)
                : errors.map(request, ConcurrencyLimiter.refusal());
    }

    @Override
    public Traits traits() {
        return next.traits();
    }
}
