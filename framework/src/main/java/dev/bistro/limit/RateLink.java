package dev.bistro.limit;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.filter.RouteLink;
import dev.bistro.handler.Executions;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rates that count by the user or by a key.
 *
 * @param execution of asking for what they count by
 * @param rates gives them, with the objects of the keys, when all of them can be made
 */
record RateLink(Execution execution, Supplier<RateCheck> rates, String name) implements RouteLink {
    /** Behind filters that find out who the user is, and before those that decide what he may do. */
    static final int PRIORITY = 1500;

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Target before(Target target, ErrorMapper errors) {
        Target.Traits traits = target.traits()
                .withExecution(
                        Executions.together(List.of(execution, target.traits().execution())));
        return new RateTarget(rates.get(), target, errors, traits);
    }

    @Override
    public String toString() {
        return name;
    }
}
