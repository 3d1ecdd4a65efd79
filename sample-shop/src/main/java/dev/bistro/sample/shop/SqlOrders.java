package dev.bistro.sample.shop;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Keeps the orders in a table. */
@Singleton
final class SqlOrders implements Orders {
    private final Jdbi jdbi;

    @Inject
    SqlOrders(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private static Order order(ResultSet row, StatementContext context) throws SQLException {
        return new Order(
                row.getObject("id", UUID.class),
                row.getLong("product"),
                row.getString("name"),
                row.getBigDecimal("price"),
                row.getInt("quantity"),
                row.getTimestamp("placed").toInstant());
    }

    @Override
    public Order add(Product product, int quantity) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS); // databases keep less than a clock gives
        var order = new Order(UUID.randomUUID(), product.id(), product.name(), product.price(), quantity, now);
        jdbi.useHandle(handle -> handle.createUpdate("insert into orders (id, product, name, price, quantity, placed)"
                        + " values (:id, :product, :name, :price, :quantity, :placed)")
                .bind("id", order.id())
                .bind("product", order.product())
                .bind("name", order.name())
                .bind("price", order.price())
                .bind("quantity", order.quantity())
                .bind("placed", order.placed())
                .execute());
        return order;
    }

    @Override
    public Optional<Order> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from orders where id = :id")
                .bind("id", id)
                .map(SqlOrders::order)
                .findOne());
    }
}
