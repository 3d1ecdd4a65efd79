package dev.bistro.data.state;

import dev.bistro.session.SessionStore;
import dev.bistro.session.StoredSession;
import dev.bistro.session.state.SessionContent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Sessions in the database. A change is written only over the version that it was made of, and made again of what is
 * there otherwise: no lock is held meanwhile, and of those that change a session at once, one succeeds each time.
 */
record DatabaseSessions(StateDatabase database) implements SessionStore {
    /** More than there are connections that could come first. */
    private static final int ATTEMPTS = 100;

    private static final String FIND = "select version, content from bistro_sessions where id = ?";
    private static final String INSERT =
            "insert into bistro_sessions (id, owner, expires_at, version, content) values (?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "update bistro_sessions set owner = ?, expires_at = ?, version = ?, content = ?"
                    + " where id = ? and version = ?";
    private static final String DELETE = "delete from bistro_sessions where id = ? and version = ?";

    /** A row; without a session if it is of another version of Bistro, and counts as none. */
    private record Row(long version, Optional<StoredSession> session) {}

    @Override
    public Optional<StoredSession> find(String id) {
        try (Connection connection = database.connection()) {
            return row(connection, id).flatMap(Row::session);
        } catch (SQLException e) {
            throw StateDatabase.fault(e);
        }
    }

    private static Optional<Row> row(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = StateDatabase.prepare(connection, FIND, id);
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Row(rows.getLong(1), SessionContent.read(rows.getBytes(2))))
                    : Optional.empty();
        }
    }

    @Override
    public Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
        try (Connection connection = database.connection()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Row> there = row(connection, id);
                Optional<StoredSession> after = change.apply(there.flatMap(Row::session));
                if (isWritten(connection, id, there, after)) {
                    return after;
                }
            }
            throw new SQLTransactionRollbackException("A session is changed by too many at once", "40001");
        } catch (SQLException e) {
            throw StateDatabase.fault(e);
        }
    }

    private boolean isWritten(Connection connection, String id, Optional<Row> there, Optional<StoredSession> after)
            throws SQLException {
        if (there.flatMap(Row::session).equals(after)) {
            return true; // nothing has changed
        }
        if (after.isEmpty()) {
            return StateDatabase.update(connection, DELETE, id, there.get().version()) > 0;
        }
        String owner = after.get().user().map(StateDatabase::hash).orElse(null);
        long expiresAt = after.get().expiresAt().toEpochMilli();
        long version = ThreadLocalRandom.current().nextLong(); // so that one that was there before is never met again
        byte[] content = SessionContent.write(after.get());
        return there.isEmpty()
                ? database.insert(connection, INSERT, id, owner, expiresAt, version, content)
                : StateDatabase.update(
                                connection,
                                UPDATE,
                                owner,
                                expiresAt,
                                version,
                                content,
                                id,
                                there.get().version())
                        > 0;
    }

    @Override
    public void removeAllOf(String user) {
        try {
            database.update("delete from bistro_sessions where owner = ?", StateDatabase.hash(user));
        } catch (SQLException e) {
            throw StateDatabase.fault(e);
        }
    }
}
