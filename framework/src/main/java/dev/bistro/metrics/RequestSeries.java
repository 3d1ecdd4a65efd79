package dev.bistro.metrics;

import java.util.function.LongSupplier;

/**
 * The requests of one kind, as they are counted.
 *
 * @param count how many there were so far
 * @param sumNanos how long they took in all
 */
public record RequestSeries(RequestKind kind, LongSupplier count, LongSupplier sumNanos) {}
