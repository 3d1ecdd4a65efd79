package dev.bistro;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.state.StateDatabase;
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

/**
 * Opens what keeps sessions, their revocations, and rates outside of the process, where instances share them. The
 * tables are made when the database's migrations have run: Flyway refuses to begin where there are tables already.
 */
final class StateAssembly implements AutoCloseable {
    private final Map<StateTable, String> wanted = new EnumMap<>(StateTable.class); // with the setting that wants it
    private final Optional<ConnectionPool> pool;
    private final Optional<StateDatabase> database;
    private boolean isOpen;

    /**
     * Finds the database, or problems.
     *
     * @param sessions empty if they have faults, as the limits are
     */
    StateAssembly(
            Optional<SessionSettings> sessions, Optional<LimitsSettings> limits, DataAssembly data, Problems problems) {
        sessions.flatMap(SessionSettings::store)
                .filter(SessionSettings.Place.DATABASE::equals)
                .ifPresent(there -> wanted.put(StateTable.SESSIONS, "session.store"));
        sessions.flatMap(SessionSettings::revocations)
                .filter(SharedPlace.DATABASE::equals)
                .ifPresent(there -> wanted.put(StateTable.REVOCATIONS, "session.revocations"));
        limits.map(LimitsSettings::store)
                .filter(SharedPlace.DATABASE::equals)
                .ifPresent(there -> wanted.put(StateTable.RATES, "limits.store"));
        Optional<DatabaseAddress> address = wanted.isEmpty() ? Optional.empty() : data.stateAddress();
        boolean isKnown = address.filter(one -> StateDatabase.knows(one.driver())).isPresent();
        if (address.isPresent() && !isKnown) {
            wanted.forEach((table, setting) -> problems.add(withoutDatabase(
                    table, setting, "the database is another one: " + address.get().shown())));
        } else if (!data.isSet()) {
            wanted.forEach((table, setting) ->
                    problems.add(withoutDatabase(table, setting, "there is no database.url")));
        }
        pool = isKnown ? data.openForState() : Optional.empty();
        database = pool.map(open -> new StateDatabase(
                open.dataSource(), address.orElseThrow().driver(), wanted.keySet(), Clock.systemUTC()));
    }

    private static Problem withoutDatabase(StateTable table, String setting, String found) {
        String what =
                switch (table) {
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

    /** The sessions in it, if these are to be there. */
    Optional<SessionStore> sessions() {
        return of(StateTable.SESSIONS).map(StateDatabase::sessions);
    }

    /** Which sessions have ended, if that is to be there. */
    Optional<SessionRevocations> revocations() {
        return of(StateTable.REVOCATIONS).map(StateDatabase::revocations);
    }

    /** The rates in it, if these are to be there. */
    Optional<RateStore> rates() {
        return of(StateTable.RATES).map(StateDatabase::rates);
    }

    private Optional<StateDatabase> of(StateTable table) {
        return database.filter(there -> wanted.containsKey(table));
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
                        "The tables of " + String.join(", ", wanted.values()) + " can't be made: "
                                + String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " ") + ".")
                .cure("Let the database's user make them, or make them by a migration: see the guide, \"More than one"
                        + " machine\".");
    }

    @Override
    public void close() throws SQLException {
        database.ifPresent(StateDatabase::close);
        if (pool.isPresent()) {
            pool.get().close();
        }
    }
}
