package dev.bistro.cluster;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Entries of a ledger, each of which is written by a transaction. */
@Route("/entries")
final class EntryController {
    record Entry(String key, int amount) {}

    @Post
    @Status(201)
    @Transactional
    Entry add(Entry entry, Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into entries (key, amount) values (?, ?)")) {
            insert.setString(1, entry.key());
            insert.setInt(2, entry.amount());
            insert.executeUpdate();
        }
        return entry;
    }

    @Get("/{key}")
    @Transactional(readOnly = true)
    Optional<Entry> find(String key, Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select amount from entries where key = ? limit 1")) {
            query.setString(1, key);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(new Entry(key, rows.getInt(1))) : Optional.empty();
            }
        }
    }
}
