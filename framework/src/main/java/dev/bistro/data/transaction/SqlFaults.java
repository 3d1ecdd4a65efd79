package dev.bistro.data.transaction;

import dev.bistro.data.SqlExceptionMapper;
import dev.bistro.data.TransactionException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import dev.bistro.http.UnprocessableContentException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told of an {@code SQLException}: what the application's own mappers say, and else the row of its
 * SQLSTATE. Texts of the database aren't shown, since they name tables and values.
 *
 * @param mappers the application's
 */
public record SqlFaults(List<SqlExceptionMapper> mappers) {
    private static final Logger LOG = LoggerFactory.getLogger(SqlFaults.class);

    private static final String RETRY_AFTER = "Retry-After";
    private static final int CLASS_LENGTH = 2;
    private static final int MOST_CAUSES = 50; // causes may go round in a circle

    private static final Supplier<HttpException> TAKEN =
            () -> new ConflictException("There is one with the same value already.");
    private static final Supplier<HttpException> REFERRED =
            () -> new ConflictException("It doesn't go with what else is stored.");
    private static final Supplier<HttpException> REFUSED =
            () -> new UnprocessableContentException("A value can't be stored.");
    private static final Supplier<HttpException> BUSY = () -> later("The database is busy.");
    private static final Supplier<HttpException> SLOW = () -> later("The database took too long.");
    private static final Supplier<HttpException> AWAY = () -> later("The database can't be reached.");

    /** Nobody is told to come again: what is done twice may be worse than what isn't done. */
    private static final Supplier<HttpException> UNKNOWN = () -> new HttpException(
            Status.INTERNAL_SERVER_ERROR,
            "The connection to the database broke while this was being stored: it may be done, or not.");

    /** By a whole SQLSTATE, or by its first two characters, which are its class. */
    private static final Map<String, Supplier<HttpException>> TABLE = Map.ofEntries(
            Map.entry("23505", TAKEN),
            Map.entry("23502", REFUSED), // null
            Map.entry("23513", REFUSED), // a check, of H2
            Map.entry("23514", REFUSED), // a check
            Map.entry("23", REFERRED), // all other constraints
            Map.entry("22", REFUSED), // too long, out of range, not a character of the database
            Map.entry("40", BUSY), // serialization failures, deadlocks
            Map.entry("40002", REFERRED), // a constraint, at the commit
            Map.entry("40003", AWAY),
            Map.entry("55P03", BUSY), // a lock that isn't free
            Map.entry("HYT00", SLOW), // a time-out of waiting for a lock, of H2
            Map.entry("57014", SLOW), // a statement that was cancelled
            Map.entry("53", AWAY), // out of connections, memory or disk
            Map.entry("57P01", AWAY), // PostgreSQL stops, or starts
            Map.entry("57P02", AWAY),
            Map.entry("57P03", AWAY),
            Map.entry("08", AWAY));

    /** H2's own SQLSTATE of an update of a row that another transaction has changed meanwhile. */
    private static final Set<String> CONFLICTS = Set.of("90131");

    /** A constraint, and a connection that broke: neither is a matter of another transaction. */
    private static final Set<String> NO_CONFLICTS = Set.of("40002", "40003");

    /** A server that ends while it commits; the last ones are of H2. */
    private static final Set<String> UNKNOWN_OUTCOMES =
            Set.of("40003", "57P01", "57P02", "57P03", "90067", "90098", "90121");

    /** The connection had been closed before. */
    private static final String NEVER_SENT = "08003";

    /** Copies the list. */
    public SqlFaults {
        mappers = List.copyOf(mappers);
    }

    /** The answer to what was thrown; empty if it has nothing to do with a database, or is the program's own fault. */
    public Optional<HttpException> map(Throwable thrown) {
        return find(thrown).flatMap(fault -> map(fault, thrown));
    }

    private Optional<HttpException> map(SQLException fault, Throwable thrown) {
        Optional<HttpException> own =
                mappers.stream().flatMap(mapper -> mapper.map(fault).stream()).findFirst();
        if (own.isEmpty() && (isBusy(fault) || isConflict(fault))) {
            LOG.debug("A database is busy", thrown); // there may be many of these, and none is a fault of the program
            return Optional.of(BUSY.get());
        }
        return own.or(() -> thrown instanceof TransactionException ended && ended.isOutcomeUnknown()
                        ? Optional.of(UNKNOWN.get())
                        : byState(fault))
                .map(answer -> answer.getCause() == null ? answer.withCause(thrown) : answer);
    }

    /** Whether the pool has no connection to give, though the database may be reached. */
    private static boolean isBusy(SQLException fault) {
        return fault instanceof SQLTransientConnectionException && fault.getCause() == null;
    }

    private static Optional<HttpException> byState(SQLException fault) {
        String state = String.valueOf(fault.getSQLState());
        String kind = state.substring(0, Math.min(CLASS_LENGTH, state.length()));
        Supplier<HttpException> row = TABLE.getOrDefault(state, TABLE.get(kind));
        if (row == null && CONFLICTS.contains(state)) {
            row = BUSY;
        } else if (row == null && fault instanceof SQLTimeoutException) {
            row = SLOW;
        } else if (row == null
                && (fault instanceof SQLNonTransientConnectionException
                        || fault instanceof SQLTransientConnectionException)) {
            row = AWAY;
        }
        return Optional.ofNullable(row).map(Supplier::get);
    }

    /** Whether the same again may well succeed, as the database has cancelled it because of another transaction. */
    static boolean isConflict(Throwable thrown) {
        return find(thrown)
                .map(fault -> String.valueOf(fault.getSQLState()))
                .filter(state -> state.startsWith("40") && !NO_CONFLICTS.contains(state) || CONFLICTS.contains(state))
                .isPresent();
    }

    /** Whether a commit that failed so may have been done: only a database that has answered is known to refuse. */
    static boolean isOutcomeUnknown(SQLException commit) {
        String state = commit.getSQLState();
        return state == null
                || commit instanceof SQLTimeoutException
                || UNKNOWN_OUTCOMES.contains(state)
                || state.startsWith("08") && !state.equals(NEVER_SENT);
    }

    /** The first exception of JDBC among a fault and its causes. */
    private static Optional<SQLException> find(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            if (at instanceof HttpException) {
                return Optional.empty(); // the application has said already what it stands for
            }
            if (at instanceof SQLException found) {
                return Optional.of(found);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** What code gets that asks for a connection when enough others wait for one. */
    static SQLException refused() {
        return new SQLTransientConnectionException("No connection is free, and enough others wait for one");
    }

    static HttpException busy() {
        return BUSY.get();
    }

    private static HttpException later(String detail) {
        return new HttpException(Status.SERVICE_UNAVAILABLE, detail).withHeader(RETRY_AFTER, "1");
    }
}
