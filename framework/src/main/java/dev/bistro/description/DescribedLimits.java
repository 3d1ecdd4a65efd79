package dev.bistro.description;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the annotations of a route limit; the server's own limits are for all routes.
 *
 * @param maxBodyBytes how long a body may be
 * @param timeout how long a request may take
 * @param concurrency how many requests may be under way at once
 * @param rates how often requests may come
 */
public record DescribedLimits(
        OptionalLong maxBodyBytes, Optional<Duration> timeout, OptionalInt concurrency, List<Rate> rates) {
    /** No limits. */
    public static final DescribedLimits NONE =
            new DescribedLimits(OptionalLong.empty(), Optional.empty(), OptionalInt.empty(), List.of());

    /**
     * How often requests may come.
     *
     * @param text as it is written: {@code 100/min}
     * @param burst how many may come at once
     * @param by what they are counted by: {@code client}, {@code user}, or the name of the application's class
     */
    public record Rate(String text, int burst, String by) {}

    /** Copies the list. */
    public DescribedLimits {
        rates = List.copyOf(rates);
    }
}
