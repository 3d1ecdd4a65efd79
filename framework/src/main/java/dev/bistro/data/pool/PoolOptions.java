package dev.bistro.data.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * How a pool is made.
 *
 * @param name of the pool, in logs and names of threads
 * @param size how many connections there are at most
 * @param maxWait how long somebody waits for one
 * @param queryTimeout how long a statement may take; empty for any time
 * @param answerTimeout how long the driver waits for a database that says nothing at all, to the second, where Bistro
 *     knows how to tell it; empty for as long as the driver does by itself
 */
public record PoolOptions(
        String name, int size, Duration maxWait, Optional<Duration> queryTimeout, Optional<Duration> answerTimeout) {}
