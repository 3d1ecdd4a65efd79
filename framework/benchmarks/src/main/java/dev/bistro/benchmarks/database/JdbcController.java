package dev.bistro.benchmarks.database;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The same by hand, with connections of the same pool. */
@Route("/jdbc")
final class JdbcController {
    private final DataSource database;

    @Inject
    JdbcController(DataSource database) {
        this.database = database;
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    @Get("/products/{id}")
    Statements.Product product(long id) throws SQLException {
        return transact(true, connection -> Statements.find(id, connection));
    }

    @Post("/orders")
    @Status(201)
    Statements.NewOrder order(Statements.NewOrder order) throws SQLException {
        return transact(false, connection -> Statements.place(order, connection));
    }

    private <T> T transact(boolean readOnly, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error fault) {
                connection.rollback();
                throw fault;
            }
        }
    }
}
