package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Refuses requests by their heads, before their bodies are read: by the rate of the client, and while the method is
 * busy. Whether it still is when the body is there is looked at again, by {@link ConcurrencyTarget}: a request doesn't
 * count while its body is on its way, or slow clients could keep all others out.
 *
 * @param concurrency empty for any number
 * @param refusals writes the answer to a request that is refused
 */
record HeadLimits(
        Target target,
        RateCheck rates,
        Optional<ConcurrencyLimiter> concurrency,
        BiFunction<Request, HttpException, Response<Payload>> refusals)
        implements Target {
    @Override
    public Optional<Response<Payload>> refusal(ServerRequest request) {
        if (concurrency.isPresent() && concurrency.get().isBusy()) {
            return Optional.of(refusals.apply(request, ConcurrencyLimiter.refusal()));
        }
        return rates.check(request).map(fault -> refusals.apply(request, fault));
    }

    @Override
    public boolean refusesByHead() {
        return true;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        return target.answer(request);
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
