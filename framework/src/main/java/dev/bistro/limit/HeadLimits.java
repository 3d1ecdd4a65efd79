package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Refuses requests by their heads, before their bodies are read: by the rate of the client, and while the method is
 * busy. Whether it still is when the body is there is looked at again, by {@link ConcurrencyTarget}: a request doesn't
 * count while its body is on its way, or slow clients could keep all others out.
 *
 * <p>Where instances count rates together, a head is refused by what is known here already, since nothing may wait on
 * the event loop; they are asked when the target is called, which is on a thread of its own then.
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
        Optional<HttpException> fault = rates.mayWait() ? rates.known(request) : rates.check(request);
        return fault.map(one -> refusals.apply(request, one));
    }

    @Override
    public boolean refusesByHead() {
        return true;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        Optional<HttpException> fault = rates.mayWait() ? rates.check(request) : Optional.empty();
        return fault.isEmpty() ? target.answer(request) : refusals.apply(request, fault.get());
    }

    @Override
    public Traits traits() {
        return rates.mayWait() ? target.traits().withExecution(Execution.BLOCKING) : target.traits();
    }
}
