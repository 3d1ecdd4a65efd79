package dev.bistro.filter;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.spi.Target;

/** What Bistro itself puts among the filters of a route, such as a limit that its annotations declare. */
public interface RouteLink {
    /** Its place, as {@link dev.bistro.annotation.Priority} has it; behind filters with the same number. */
    int priority();

    /** The target with this before it; called once, at startup, if nothing is wrong. */
    Target before(Target target, ErrorMapper errors);

    /** Its name, for people: {@code @ConcurrencyLimit(20)}. */
    @Override
    String toString();
}
