package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;

/** Refuses requests by rates that need filters before them, since they count by the user or a key of the user's. */
record RateTarget(RateCheck rates, Target next, ErrorMapper errors, Traits traits) implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            Optional<HttpException> refusal = rates.check(request);
            if (refusal.isPresent()) {
                return errors.map(request, refusal.get());
            }
        } catch (Throwable ofKey) {
            return errors.map(request, ofKey);
        }
        return next.answer(request);
    }
}
