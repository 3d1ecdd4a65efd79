package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RouteLink;
import dev.bistro.http.spi.Target;

/** The limit of requests at once. */
record ConcurrencyLink(ConcurrencyLimiter limiter, String name) implements RouteLink {
    /** Behind filters that refuse who may not do it: these requests needn't count. */
    static final int PRIORITY = 2500;

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Target before(Target target, ErrorMapper errors) {
        return new ConcurrencyTarget(limiter, target, errors);
    }

    @Override
    public String toString() {
        return name;
    }
}
