package dev.bistro.data.state;

import dev.bistro.session.SessionRevocations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Which sessions in cookies have ended before their time, in the database. */
record DatabaseRevocations(StateDatabase database) implements SessionRevocations {
    private static final String UPDATE = "update bistro_session_revocations set revoked_at = greatest(revoked_at, ?),"
            + " expires_at = greatest(expires_at, ?) where subject = ?";
    private static final String INSERT =
            "insert into bistro_session_revocations (revoked_at, expires_at, subject) values (?, ?, ?)";
    private static final String FIND =
            "select revoked_at from bistro_session_revocations where subject = ? and expires_at > ?";

    /** The later one stays, whichever instance comes first; a row that is removed meanwhile is made anew. */
    @Override
    public void revoke(String subject, Instant at, Instant until) {
        Object[] row = {at.toEpochMilli(), until.toEpochMilli(), StateDatabase.hash(subject)};
        try (Connection connection = database.connection()) {
            boolean isWritten = false;
            while (!isWritten) {
                isWritten =
                        StateDatabase.update(connection, UPDATE, row) > 0 || database.insert(connection, INSERT, row);
            }
        } catch (SQLException e) {
            throw StateDatabase.fault(e);
        }
    }

    @Override
    public Optional<Instant> revokedAt(String subject) {
        try (Connection connection = database.connection();
                PreparedStatement statement =
                        StateDatabase.prepare(connection, FIND, StateDatabase.hash(subject), database.now());
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(Instant.ofEpochMilli(rows.getLong(1))) : Optional.empty();
        } catch (SQLException e) {
            throw StateDatabase.fault(e);
        }
    }
}
