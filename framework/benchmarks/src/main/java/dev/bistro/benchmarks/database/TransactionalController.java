package dev.bistro.benchmarks.database;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Transactional;
import java.sql.Connection;
import java.sql.SQLException;

/** Transactions that Bistro begins and ends. */
@Route("/transactional")
final class TransactionalController {
    @Get("/products/{id}")
    @Transactional(readOnly = true)
    Statements.Product product(long id, Connection connection) throws SQLException {
        return Statements.find(id, connection);
    }

    @Post("/orders")
    @Status(201)
    @Transactional
    Statements.NewOrder order(Statements.NewOrder order, Connection connection) throws SQLException {
        return Statements.place(order, connection);
    }
}
