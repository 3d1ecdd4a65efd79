package dev.bistro.benchmarks.database;

import dev.bistro.http.NotFoundException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What is done with a connection, whoever begins and ends the transaction. */
final class Statements {
    record Product(long id, String name, BigDecimal price) {}

    record NewOrder(long product, int count) {}

    private Statements() {}

    static Product find(long id, Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select name, price from products where id = ?")) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new NotFoundException("There is no product " + id);
                }
                return new Product(id, rows.getString(1), rows.getBigDecimal(2));
            }
        }
    }

    static NewOrder place(NewOrder order, Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update products set stock = stock - ? where id = ?")) {
            update.setInt(1, order.count());
            update.setLong(2, order.product());
            if (update.executeUpdate() == 0) {
                throw new NotFoundException("There is no product " + order.product());
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into orders (product, count) values (?, ?)")) {
            insert.setLong(1, order.product());
            insert.setInt(2, order.count());
            insert.executeUpdate();
        }
        return order;
    }
}
