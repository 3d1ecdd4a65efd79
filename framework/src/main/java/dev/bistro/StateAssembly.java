package dev.bistro;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.state.StateDatabase;
import dev.bistro.data.state.StateRedis;
import dev.bistro.data.state.StateTable;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.limit.RateStore;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens what keeps sessions, their revocations, and rates outside of the process, where instances share them. The
 * tables are made when the database's migrations have run: Flyway refuses to begin where there are tables already.
 */
final class StateAssembly implements AutoCloseable {
    /** What is kept, by where it is kept, with the setting that says so. */
    private final Map<SharedPlace, Map<StateTable, String>> wanted = new EnumMap<>(SharedPlace.class);

    private final Optional<ConnectionPool> pool;
    private final Optional<StateDatabase> database;
    private final Optional<StateRedis> inRedis;
    private boolean isOpen;

    /**
     * Finds the database and Redis, or problems.
     *
     * @param sessions empty if they have faults, as the limits are
     */
    StateAssembly(
            Optional<SessionSettings> sessions,
            Optional<LimitsSettings> limits,
            DataAssembly data,
            RedisAssembly redis,
            Problems problems) {
        if (sessions.isPresent()) {
            want(sessions.get().sharedStore(), StateTable.SESSIONS, "session.store");
            want(sessions.get().revocations(), StateTable.REVOCATIONS, "session.revocations");
        }
        if (limits.isPresent()) {
            want(Optional.of(limits.get().store()), StateTable.RATES, "limits.store");
        }
        Map<StateTable, String> tables = in(SharedPlace.DATABASE);
        Optional<DatabaseAddress> address = tables.isEmpty() ? Optional.empty() : data.address();
        boolean isKnown =
                address.isPresent() && StateDatabase.knows(address.get().driver());
        if (address.isPresent() && !isKnown) {
            tables.forEach((table, setting) -> problems.add(withoutDatabase(
                    table,
                    setting,
                    "the database is another one: " + address.get().shown())));
        } else if (!tables.isEmpty() && !data.isSet()) {
            tables.forEach(
                    (table, setting) -> problems.add(withoutDatabase(table, setting, "there is no database.url")));
        }
        pool = isKnown ? data.openForState() : Optional.empty();
        database = pool.isEmpty()
                ? Optional.empty()
                : Optional.of(new StateDatabase(
                        pool.get().dataSource(), address.orElseThrow().driver(), tables.keySet(), Clock.systemUTC()));
        Optional<StateRedis> open = Optional.empty();
        for (String setting : in(SharedPlace.REDIS).values()) {
            open = redis.require(setting).map(there -> new StateRedis(there, Clock.systemUTC()));
        }
        inRedis = open;
    }

    private void want(Optional<SharedPlace> place, StateTable table, String setting) {
        if (place.isPresent()) {
            wanted.computeIfAbsent(place.get(), first -> new EnumMap<>(StateTable.class))
                    .put(table, setting);
        }
    }

    private Map<StateTable, String> in(SharedPlace place) {
        return wanted.getOrDefault(place, Map.of());
    }

    private static Problem withoutDatabase(StateTable table, String setting, String found) {
        String what = switch (table) {
            case SESSIONS -> "Sessions are to be";
            case REVOCATIONS -> "Which sessions have ended is to be";
            case RATES -> "Rates are to be counted";
        };
        return Problem.of(
                        "state-without-database",
                        what + " in a database of PostgreSQL or H2 (" + setting + "), but " + found + ".")
                .cure("Set database.url to one, such as postgres://user:password@host/shop; or remove " + setting
                        + ".");
    }

    /** The sessions that instances share, if they do. */
    Optional<SessionStore> sessions() {
        return isElsewhere(StateTable.SESSIONS)
                ? of(StateTable.SESSIONS, StateDatabase::sessions, StateRedis::sessions)
                : Optional.empty();
    }

    /** Which sessions have ended, if instances share that. */
    Optional<SessionRevocations> revocations() {
        return isElsewhere(StateTable.REVOCATIONS)
                ? of(StateTable.REVOCATIONS, StateDatabase::revocations, StateRedis::revocations)
                : Optional.empty();
    }

    /** The rates that instances count together, if they do. */
    Optional<RateStore> rates() {
        return isElsewhere(StateTable.RATES)
                ? of(StateTable.RATES, StateDatabase::rates, StateRedis::rates)
                : Optional.empty();
    }

    private boolean isElsewhere(StateTable table) {
        return in(SharedPlace.DATABASE).containsKey(table)
                || in(SharedPlace.REDIS).containsKey(table);
    }

    private <S> Optional<S> of(
            StateTable table, Function<StateDatabase, S> ofDatabase, Function<StateRedis, S> ofRedis) {
        return in(SharedPlace.DATABASE).containsKey(table) ? database.map(ofDatabase) : inRedis.map(ofRedis);
    }

    /** Has it closed behind everything that may use it. */
    void bind(ContainerBuilder builder) {
        builder.closeLast(this);
    }

    /**
     * Makes the tables; a second call does nothing.
     *
     * @throws StartupException if that fails
     */
    void open() {
        if (database.isPresent() && !isOpen) {
            isOpen = true;
            try {
                database.get().open();
            } catch (SQLException e) {
                throw new StartupException(List.of(withoutTables(e)), e);
            }
        }
    }

    private Problem withoutTables(SQLException fault) {
        return Problem.of(
                        "no-state-tables",
                        "The tables of "
                                + String.join(", ", in(SharedPlace.DATABASE).values()) + " can't be made: "
                                + String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " ") + ".")
                .cure("Let the database's user make them, or make them by a migration: see the guide, \"More than one"
                        + " machine\".");
    }

    @Override
    public void close() throws SQLException {
        if (database.isPresent()) {
            database.get().close();
        }
        if (pool.isPresent()) {
            pool.get().close();
        }
    }
}
