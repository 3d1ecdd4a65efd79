package dev.bistro.data.state;

import static dev.bistro.data.state.Dialect.NOW;

import dev.bistro.limit.RateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Buckets of rates in the database, by its clock. Taking one from a bucket is one statement, which changes the row only
 * if there is one in it: of many at once, as many succeed as there are.
 */
record DatabaseRates(StateDatabase database) implements RateStore {
    private static final int ATTEMPTS = 10;

    private static final String FULL_AT = "greatest(full_at, " + NOW + ")";
    private static final String TAKE = "update bistro_rates set full_at = " + FULL_AT + " + ? where bucket = ? and "
            + FULL_AT + " + ? - ? <= " + NOW;
    private static final String INSERT = "insert into bistro_rates (bucket, full_at) values (?, " + NOW + " + ?)";
    private static final String LACK = "full_at - " + NOW;
    private static final String FIND = "select " + LACK + " from bistro_rates where bucket = ?";
    private static final String GIVE_BACK = "update bistro_rates set full_at = full_at - ? where bucket = ?";

    @Override
    public Taken take(List<Bucket> buckets) throws SQLException {
        var lacks = new ArrayList<Long>();
        try (Connection connection = database.connection()) {
            for (Bucket bucket : buckets) {
                Taken one = take(connection, bucket);
                lacks.add(one.lackNanos().get(0));
                if (!one.isAllowed()) {
                    giveBack(connection, buckets.subList(0, lacks.size() - 1));
                    while (lacks.size() < buckets.size()) {
                        lacks.add(0L);
                    }
                    return new Taken(false, lacks);
                }
            }
        }
        return new Taken(true, lacks);
    }

    private Taken take(Connection connection, Bucket bucket) throws SQLException {
        long interval = micros(bucket.intervalNanos());
        long empty = Math.max(interval, micros(bucket.emptyNanos()));
        String take = database.dialect().returning(TAKE, LACK);
        for (int attempt = 0; ; attempt++) {
            OptionalLong taken = number(connection, take, interval, bucket.id(), interval, empty);
            if (taken.isPresent()) {
                return new Taken(true, List.of(nanos(taken.getAsLong())));
            }
            if (database.insert(connection, INSERT, bucket.id(), interval)) {
                return new Taken(true, List.of(nanos(interval)));
            }
            OptionalLong lack = number(connection, FIND, bucket.id());
            boolean isEmpty = lack.isPresent() && lack.getAsLong() + interval > empty;
            if (isEmpty || attempt == ATTEMPTS) {
                return new Taken(false, List.of(nanos(lack.orElse(empty))));
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
            StateDatabase.update(connection, GIVE_BACK, micros(bucket.intervalNanos()), bucket.id());
        }
    }

    private static long micros(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    private static long nanos(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }
}
