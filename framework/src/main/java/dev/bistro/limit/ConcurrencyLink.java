package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RouteLink;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Target;
import java.util.function.BiFunction;

/** The limit of requests at once. */
record ConcurrencyLink(
        ConcurrencyLimiter limiter, BiFunction<Request, HttpException, Response<Payload>> refusals, String name)
        implements RouteLink {
    /** Behind filters that refuse who may not do it: these requests needn't count. */
    static final int PRIORITY = 2500;

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Target before(Target target, ErrorMapper errors) {
        return new ConcurrencyTarget(limiter, target, refusals);
    }

    @Override
    public String toString() {
        return name;
    }
}
