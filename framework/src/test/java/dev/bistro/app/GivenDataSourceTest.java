package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.testing.TestClient;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A DataSource that the program gives takes the place of the settings' one, in transactions too. */
@Timeout(60)
class GivenDataSourceTest {
    private static final String COUNT = "select count(*) from rows";

    @Route("/given")
    static final class Given {
        private final DataSource database;
        private final DataSource other;

        @Inject
        Given(DataSource database, @Named("other") DataSource other) {
            this.database = database;
            this.other = other;
        }

        @Post
        @Transactional
        void add() throws SQLException {
            add(database);
        }

        @Post("/undone")
        @Transactional
        void undone() throws SQLException {
            add(database);
            throw new IllegalArgumentException("undone");
        }

        @Post("/other")
        @Transactional(database = "other")
        void undoneInTheOther() throws SQLException {
            add(other);
            throw new IllegalArgumentException("undone");
        }

        @Get("/connection")
        int count(Connection connection) throws SQLException {
            return GivenDataSourceTest.count(connection);
        }

        private static void add(DataSource database) throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into rows (text) values ('x')");
            }
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COUNT)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(GivenDataSourceTest.class)
                .classes(Given.class)
                .set("database.url", "jdbc:h2:mem:settings")
                .set("database.migrations", "db/none")
                .set("database.named.other.url", "jdbc:h2:mem:settings-other");
    }

    private static List<Annotation> qualifiers() {
        return List.of(Given.class.getDeclaredConstructors()[0].getParameterAnnotations()[1]);
    }

    @Test
    void isTheOneThatTransactionsUse() throws SQLException {
        var given = new JdbcDataSource();
        given.setURL("jdbc:h2:mem:given;DB_CLOSE_DELAY=-1");
        try (Connection connection = given.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table rows (text varchar)");
            try (TestClient client =
                    TestClient.start(app().with(DataSource.class, given).with(DataSource.class, qualifiers(), given))) {
                assertEquals(204, client.post("/given").send().status().code());
                assertEquals(500, client.post("/given/undone").send().status().code());
                assertEquals(500, client.post("/given/other").send().status().code());
                assertEquals("1", client.get("/given/connection").send().text());
                assertEquals(1, count(connection));
            }
            statement.execute("shutdown");
        }
    }

    /** What knows only what it was told, as a mock of any library: calls of it are a list of names. */
    private static <T> T mock(Class<T> type, List<String> calls, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                GivenDataSourceTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    Class<?> result = method.getReturnType();
                    Object none = result == boolean.class ? (Object) false : result == int.class ? 0 : null;
                    return answers.getOrDefault(method.getName(), none);
                }));
    }

    @Test
    void mayBeAMock() {
        var calls = new CopyOnWriteArrayList<String>();
        var rows = mock(ResultSet.class, calls, Map.of("getInt", 7));
        var statement = mock(Statement.class, calls, Map.of("executeQuery", rows));
        var connection = mock(Connection.class, calls, Map.of("createStatement", statement));
        var given = mock(DataSource.class, calls, Map.of("getConnection", connection));
        try (TestClient client = TestClient.start(app().with(DataSource.class, given))) {
            assertEquals("7", client.get("/given/connection").send().text());
            assertEquals(204, client.post("/given").send().status().code());
        }
        List<String> told = List.of("getConnection", "executeQuery", "execute", "commit");
        assertEquals(
                List.of("getConnection", "executeQuery", "getConnection", "execute", "commit"),
                calls.stream().filter(told::contains).toList());
        assertEquals(2, calls.stream().filter("getConnection"::equals).count());
        assertEquals("close", calls.get(calls.size() - 1));
    }
}
