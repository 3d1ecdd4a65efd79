package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RouteLink;
import dev.bistro.http.spi.Target;
import java.util.function.Supplier;

/**
 * The rates that count by the user or by a key.
 *
 * @param rates gives them, with the objects of the keys, when all of them can be made
 */
record RateLink(Supplier<RateCheck> rates, String name) implements RouteLink {
    /** Behind filters that find out who the user is, and before those that decide what he may do. */
    static final int PRIORITY = 1500;

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Target before(Target target, ErrorMapper errors) {
        return new RateTarget(rates.get(), target, errors);
    }

    @Override
    public String toString() {
        return name;
    }
}
