package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import dev.bistro.data.pool.PoolOptions;
import java.time.Duration;
import java.util.Optional;

/** The settings of one database. */
record NamedDatabaseSettings(
        @Description("where the database is") Secret url,

        @Description("who logs in, in place of who is in the URL")
        Optional<String> user,

        @Description("the user's password") Optional<Secret> password,

        @Description("how many connections there are at most") @DefaultValue("10")
        int poolSize,

        @Description("how many handlers may wait for a connection") @DefaultValue("10")
        int queue,

        @Description("how long somebody waits for a connection") @DefaultValue("1s")
        Duration wait_,

        @Description("how long a statement may take") Optional<Duration> queryTimeout,

        @Description("the folder of the class path with the migrations; none without it")
        Optional<String> migrations) {
    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_WAITING = 100_000;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250); // of HikariCP

    private static final int STATE_CONNECTIONS = 5;
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(2);

    void check(String prefix, SettingFaults faults) {
        faults.check(prefix + "pool-size", poolSize, 1, MOST_CONNECTIONS);
        faults.check(prefix + "queue", queue, 0, MOST_WAITING);
        faults.checkTime(prefix + "wait", wait_, SHORTEST_WAIT);
        queryTimeout.ifPresent(time -> faults.checkTime(prefix + "query-timeout", time, SettingFaults.SHORTEST));
    }

    PoolOptions pool(String name) {
        return new PoolOptions(name, poolSize, wait_, queryTimeout, Optional.empty());
    }

    /** Few connections, for statements that are short. */
    PoolOptions statePool() {
        Duration most =
                queryTimeout.filter(time -> time.compareTo(STATE_TIMEOUT) < 0).orElse(STATE_TIMEOUT);
        return new PoolOptions(
                "database-state",
                Math.min(poolSize, STATE_CONNECTIONS),
                wait_,
                Optional.of(most),
                Optional.of(STATE_TIMEOUT.multipliedBy(2)));
    }

    /** How many handlers may use it at once: those that have a connection, and those that wait. */
    int handlers() {
        return poolSize + queue;
    }
}
