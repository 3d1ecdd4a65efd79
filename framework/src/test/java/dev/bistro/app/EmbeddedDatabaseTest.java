package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.testing.TestClient;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is so of H2 alone, which runs in the application's process. */
@Timeout(60)
class EmbeddedDatabaseTest {
    private TestClient client;

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void isNotReadyWithoutTheDatabase() {
        client = TestClient.start(
                app(TransactionsTest.Asks.class).set("health.enabled", "true").set("database.wait", "250ms"));
        assertThrows(SQLException.class, () -> {
            try (Connection connection = client.server().get(DataSource.class).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown"); // and then the connection can't be closed
            }
        });
        client.get("/health/ready").send().assertStatus(503);
        client.post("/asks").send().assertStatus(503).assertHeader("Retry-After", "1");
    }

    @Route("/interrupted")
    static final class Interrupted {
        private final TransactionsTest.Rows rows;

        @Inject
        Interrupted(TransactionsTest.Rows rows) {
            this.rows = rows;
        }

        @Post
        @Transactional
        void interrupted() throws SQLException {
            Thread.currentThread().interrupt();
            rows.add();
        }
    }

    /** The file's channel would be closed by an interrupt, and the database with it. */
    @Test
    void keepsADatabaseInAFileOpenWhereAHandlerIsInterrupted(@TempDir Path folder) {
        client = TestClient.start(app(Interrupted.class, TransactionsTest.Asks.class)
                .set("database.url", "jdbc:h2:" + folder.resolve("shop")));
        client.post("/interrupted").send();
        client.post("/asks").send().assertStatus(204);
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(EmbeddedDatabaseTest.class)
                .classes(classes)
                .set("database.url", TestDatabase.H2.newUrl())
                .set("database.pool-size", "1")
                .set("database.migrations", "db/rows");
    }
}
