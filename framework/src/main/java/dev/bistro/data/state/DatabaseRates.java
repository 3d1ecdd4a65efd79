package dev.bistro.data.state;

import static dev.bistro.data.state.Dialect.NOW;

import dev.bistro.limit.RateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Buckets of rates in the database, by its clock. Taking one from a bucket is one statement, which changes the row only
 * if there is one in it: of many at once, as many succeed as there are.
 */
record DatabaseRates(StateDatabase database) implements RateStore {
    private static final int ATTEMPTS = 10;

    /** Parameters: what no bucket can lack unless the clock was set back, and what it lacks then. */
    private static final String FULL_AT =
            "case when full_at > " + NOW + " + ? then " + NOW + " + ?" + " else greatest(full_at, " + NOW + ") end";

    private static final String TAKE = "update bistro_rates set full_at = " + FULL_AT + " + ? where bucket = ? and "
            + FULL_AT + " + ? - ? <= " + NOW;
    private static final String INSERT = "insert into bistro_rates (bucket, full_at) values (?, " + NOW + " + ?)";
    private static final String LACK = "full_at - " + NOW;
    private static final String FIND = "select " + LACK + " from bistro_rates where bucket = ?";
    private static final String GIVE_BACK = "update bistro_rates set full_at = full_at - ? where bucket = ?";

    @Override
    public Taken take(List<Bucket> buckets) throws SQLException {
        Long[] lacks = new Long[buckets.size()];
        Arrays.fill(lacks, 0L);
        try (Connection connection = database.connection()) {
            for (int i = 0; i < lacks.length; i++) {
                Outcome outcome = take(connection, buckets.get(i));
                lacks[i] = outcome.lackMicros;
                if (!outcome.isAllowed) {
                    giveBack(connection, buckets.subList(0, i));
                    return Taken.ofMicros(false, List.of(lacks));
                }
            }
        }
        return Taken.ofMicros(true, List.of(lacks));
    }

    /** What became of one bucket. */
    private record Outcome(boolean isAllowed, long lackMicros) {}

    private Outcome take(Connection connection, Bucket bucket) throws SQLException {
        long interval = bucket.intervalMicros();
        long empty = bucket.emptyMicros();
        String take = database.dialect().returning(TAKE, LACK);
        for (int attempt = 0; ; attempt++) {
            OptionalLong taken = number(
                    connection,
                    take,
                    bucket.mostMicros(),
                    empty - interval,
                    interval,
                    bucket.id(),
                    bucket.mostMicros(),
                    empty - interval,
                    interval,
                    empty);
            if (taken.isPresent()) {
                return new Outcome(true, taken.getAsLong());
            }
            if (database.insert(connection, INSERT, bucket.id(), interval)) {
                return new Outcome(true, interval);
            }
            OptionalLong lack = number(connection, FIND, bucket.id());
            boolean isEmpty = lack.isPresent() && lack.getAsLong() + interval > empty;
            if (isEmpty || attempt == ATTEMPTS) {
                return new Outcome(false, lack.orElse(empty));
            }
        }
    }

    private static OptionalLong number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = StateDatabase.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    /** A refused request has taken nothing. */
    private static void giveBack(Connection connection, List<Bucket> buckets) throws SQLException {
        for (Bucket bucket : buckets) {
            StateDatabase.update(connection, GIVE_BACK, bucket.intervalMicros(), bucket.id());
        }
    }
}
