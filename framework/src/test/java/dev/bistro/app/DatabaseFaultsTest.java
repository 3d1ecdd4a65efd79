package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Transactional;
import dev.bistro.annotation.WebSocket;
import dev.bistro.data.Transactions;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.session.Sessions;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with databases and transactions is told at the start: where it is, and the cure. */
@Timeout(60)
class DatabaseFaultsTest {
    private static final String URL = "jdbc:h2:mem:faults";

    @Route("/late")
    @Transactional
    static final class Late {
        @Get("/stage")
        CompletionStage<String> stage() {
            return null;
        }

        @Get("/stream")
        Stream<String> stream() {
            return null;
        }

        @Get("/numbers")
        Response<Stream<Integer>> numbers() {
            return Response.ok(IntStream.of(1).boxed());
        }

        @Get("/iterator")
        Iterator<String> iterator() {
            return null;
        }

        @Get("/input")
        InputStream input() {
            return null;
        }

        @Get("/body")
        StreamingBody body() {
            return null;
        }

        @Get("/feed")
        Feed<String> feed() {
            return null;
        }

        @Get("/feed-response")
        FeedResponse<String> feedResponse() {
            return null;
        }

        @Get("/optional")
        Optional<InputStream> optional() {
            return null;
        }

        @Get("/sealed")
        Sealed sealed() {
            return null;
        }

        sealed interface Sealed {
            @Status(200)
            record Whole(@Body String text) implements Sealed {}

            @Status(202)
            record Later(@Body Stream<String> lines) implements Sealed {}
        }
    }

    @Route("/late-connection")
    static final class LateConnection {
        @Get
        Stream<String> lines(Connection connection) {
            return null;
        }

        @Get("/handle")
        Stream<String> lines(Handle handle) {
            return null;
        }

        @Get("/whole")
        List<String> whole(Connection connection) {
            return List.of();
        }
    }

    @Route("/loop")
    static final class OnLoop {
        @Get
        @NonBlocking
        @Transactional
        String get() {
            return "";
        }

        @Get("/blocking")
        @Blocking
        @Transactional
        String blocking() {
            return "";
        }
    }

    @Route("/retries")
    static final class Retries {
        @Put
        @Transactional(retries = 11)
        String tooMany() {
            return "";
        }

        @Post
        @Transactional(retries = 1)
        String stream(InputStream body) {
            return "";
        }
    }

    @Route("/misplaced")
    static final class Misplaced {
        @Inject
        Misplaced(Service service, Other other, Implementing implementing, Extending extending) {}

        @Get
        String get() {
            return "";
        }

        @Transactional
        void helper() {}

        @ExceptionHandler
        @Status(409)
        @Transactional
        String answer(ArithmeticException fault) {
            return "";
        }
    }

    static final class Service {
        @Inject
        Service() {}

        @Transactional
        void serve() {}
    }

    @Transactional
    static final class Other {
        @Inject
        Other() {}
    }

    interface Contract {
        @Transactional
        void declared();

        @Transactional
        default void inherited() {}
    }

    /** Says nothing itself. */
    static final class Implementing implements Contract {
        @Inject
        Implementing() {}

        @Override
        public void declared() {}

        @Transactional
        private static void hidden() {}
    }

    @Transactional
    abstract static class Parent {}

    static final class Extending extends Parent {
        @Inject
        Extending() {}
    }

    @Filter
    static final class Before {
        @Transactional
        Response<?> filter(Request request, Chain chain) throws Exception {
            return chain.proceed();
        }
    }

    @WebSocket("/socket")
    static final class Socket {
        @OnMessage
        @Transactional
        void message(String text) {}
    }

    /** Says what is above a controller, where it is meant for the methods below. */
    @Transactional
    interface Above {}

    @Route("/below")
    static final class Below implements Above {
        @Get
        Stream<String> late() {
            return null;
        }
    }

    @Route("/keeps")
    static final class Keeps {
        @Inject
        Keeps(Connection connection, Handle handle) {}

        @Get
        String get() {
            return "";
        }
    }

    @Route("/named")
    static final class Named {
        @Get
        @Transactional(database = "reprots")
        String get() {
            return "";
        }

        @Get("/other")
        @Transactional(database = "archive-of-1999")
        String other() {
            return "";
        }
    }

    @Route("/plain")
    static final class Plain {
        @Get
        String get() {
            return "";
        }
    }

    @Test
    void tellsOfResultsThatComeAfterTheTransaction() {
        assertGolden(
                "late-result",
                app(Late.class, LateConnection.class, Below.class).set("database.url", URL));
    }

    @Test
    void tellsOfHandlersThatCanNotHaveTransactions() {
        assertGolden("database-on-loop", app(OnLoop.class, Retries.class).set("database.url", URL));
    }

    @Test
    void tellsOfTransactionsWhereNothingBeginsThem() {
        assertGolden(
                "misplaced-transaction",
                app(Misplaced.class, Before.class, Socket.class).set("database.url", URL));
    }

    @Test
    void tellsOfTransactionsWhereNothingBeginsThemAlsoWithoutADatabase() {
        assertEquals(
                10,
                faults(app(Misplaced.class, Before.class, Socket.class))
                        .problems()
                        .size());
    }

    @Test
    void tellsOfConnectionsThatWouldBeKept() {
        assertGolden("kept-connection", app(Keeps.class).set("database.url", URL));
    }

    @Test
    void tellsOfDatabasesThatAreNotThere() {
        assertGolden(
                "no-database",
                app(Named.class, OnLoop.class, LateConnection.class).set("database.named.reports.url", URL));
    }

    @Test
    void tellsOfAddresses() {
        assertGolden(
                "bad-database-url",
                app(Plain.class)
                        .set("database.url", "shop:secret@host")
                        .set("database.named.driver.url", "jdbc:nothing://host/db?password=secret")
                        .set("database.named.oracle.url", "jdbc:oracle:thin:ada/secret@host:1521:shop")
                        .set("database.named.mysql.url", "mysql://ada:secret@host/shop")
                        .set("database.named.h2.url", "jdbc:h2:mem:x")
                        .set("database.named.time.url", "jdbc:nothing:x")
                        .set("database.named.time.query-timeout", "1s")
                        .set("database.named.percent.url", "postgres://ada:secret%zz@host/shop")
                        .set("database.named.port.url", "jdbc:postgresql://db:port/shop?password=secret")
                        .set("database.named.memory.url", "jdbc:h2:mem:;PASSWORD=secret")
                        .set("database.named.no-name.url", "postgres://ada:secret@host/"));
    }

    @Test
    void tellsOfADatabaseThatCanNotBeReached() throws Exception {
        int port;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        StartupException faults =
                faults(app(Plain.class).set("database.url", "postgres://ada:secret@127.0.0.1:" + port + "/shop"));
        Golden.assertText("no-database-connection", faults.getMessage().replace(String.valueOf(port), "PORT"));
    }

    @Test
    void tellsOfFeedsWithoutTheirDatabase() {
        assertGolden("feeds-without-postgresql", app(Plain.class).set("feeds.store", "postgresql"));
        assertGolden(
                "feeds-in-another-database",
                app(Plain.class).set("feeds.store", "postgresql").set("database.url", URL));
    }

    @Test
    void tellsOfTablesOfFeedsThatCanNotBeMade() {
        String url = TestDatabase.POSTGRESQL.newUrl().replaceAll("currentSchema=.*", "currentSchema=nowhere");
        assertGolden(
                "no-feed-tables",
                app(Plain.class)
                        .set("feeds.store", "postgresql")
                        .set("database.url", url)
                        .set("database.migrations", "db/none"));
    }

    @Test
    void tellsOfSharedStateWithoutItsPlace() {
        BistroBuilder all = app(Plain.class).set("limits.store", "database").set("session.store", "database");
        assertGolden("state-without-database", all);
        assertGolden(
                "state-in-another-database",
                app(Plain.class)
                        .set("session.revocations", "database")
                        .set("database.url", "mysql://ada:secret@host/shop"));
        assertGolden(
                "state-without-redis",
                app(Plain.class).set("limits.store", "redis").set("session.store", "redis"));
    }

    @Test
    void tellsOfTablesOfSharedStateThatCanNotBeMade() {
        String url = TestDatabase.POSTGRESQL.newUrl().replaceAll("currentSchema=.*", "currentSchema=nowhere");
        assertGolden(
                "no-state-tables",
                app(Plain.class)
                        .set("session.store", "database")
                        .set("limits.store", "database")
                        .set("database.url", url)
                        .set("database.migrations", "db/none"));
    }

    @Factory
    static final class Own {
        @Bean
        @Singleton
        DataSource dataSource() {
            return null;
        }

        @Bean
        HikariDataSource pool() {
            return null;
        }

        @Bean
        @jakarta.inject.Named("reports")
        DataSource reports() {
            return null;
        }

        @Bean
        @jakarta.inject.Named("reports")
        Jdbi jdbi() {
            return null;
        }

        @Bean
        Connection connection() {
            return null;
        }

        @Bean
        Sessions sessions() {
            return null;
        }

        @Bean
        @jakarta.inject.Named("other")
        DataSource other() {
            return null;
        }
    }

    @Primary
    static final class OwnTransactions implements Transactions {
        @Inject
        OwnTransactions() {}

        @Override
        public <E extends Exception> void run(Action<E> code) {}

        @Override
        public <T, E extends Exception> T call(Code<T, E> code) {
            return null;
        }

        @Override
        public Transactions readOnly() {
            return this;
        }

        @Override
        public Transactions isolation(Transactional.Isolation isolation) {
            return this;
        }

        @Override
        public Transactions retries(int retries) {
            return this;
        }

        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public void afterCommit(Runnable action) {}
    }

    @Test
    void tellsOfWhatNobodyGetsSinceBistroProvidesIt() {
        assertGolden(
                "provided-by-bistro",
                app(Plain.class, Own.class, OwnTransactions.class)
                        .set("database.url", URL)
                        .set("database.named.reports.url", URL));
    }

    @Test
    void takesWhatTheApplicationProvidesWithoutADatabase() {
        assertEquals(
                List.of("provided-by-bistro"), // the sessions
                faults(app(Plain.class, Own.class, OwnTransactions.class)).problems().stream()
                        .map(each -> each.id())
                        .toList());
    }

    @Test
    void tellsOfMigrationsThatFail() {
        StartupException faults = faults(app(Plain.class)
                .set("database.url", "jdbc:h2:mem:broken-migration")
                .set("database.migrations", "db/broken"));
        assertEquals("migration-failed", faults.problems().get(0).id());
        assertTrue(faults.getMessage().contains("Line: 1"), faults.getMessage());
        Golden.assertText(
                "migration-failed", faults.getMessage().replaceAll("SQL State: (\\w+) .*", "SQL State: $1 (…)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool-size=0",
                "pool-size=1001",
                "queue=-1",
                "wait=1ms",
                "query-timeout=0s",
                "named.x.pool-size=0",
                "named.x.wait=0s",
            })
    void tellsOfBounds(String setting) {
        String key = setting.split("=")[0];
        StartupException faults = faults(app(Plain.class)
                .set("database.url", URL)
                .set("database.named.x.url", URL)
                .set("database." + key, setting.split("=")[1]));
        assertEquals(
                List.of("rejected-settings"),
                faults.problems().stream().map(each -> each.id()).toList());
        assertEquals(true, faults.getMessage().contains(key), faults.getMessage());
    }

    /** Whether there is a database isn't known where its settings have faults. */
    @Test
    void inventsNoFaultsWhereTheSettingsHaveSome() {
        StartupException faults = faults(app(WithDatabases.class, LateConnection.class)
                .set("database.url", URL)
                .set("database.named.reports.url", URL)
                .set("database.pool-size", "0")
                .set("feeds.store", "postgresql")
                .set("session.store", "database"));
        assertEquals(
                List.of("rejected-settings", "late-result", "late-result"),
                faults.problems().stream().map(each -> each.id()).toList());
    }

    @Route("/with")
    static final class WithDatabases {
        @Inject
        WithDatabases(
                DataSource database,
                @jakarta.inject.Named("reports") DataSource reports,
                @jakarta.inject.Named("reports") Jdbi jdbi,
                Transactions transactions,
                Provider<Connection> connections) {}

        @Get
        @Transactional(database = "reports")
        String get() {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=ada", "password=secret"})
    void tellsOfALoginWithoutADatabase(String setting) {
        StartupException faults =
                faults(app(Plain.class).set("database." + setting.split("=")[0], setting.split("=")[1]));
        assertEquals(
                List.of("rejected-settings"),
                faults.problems().stream().map(each -> each.id()).toList());
        assertFalse(faults.getMessage().contains("secret"));
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(DatabaseFaultsTest.class).classes(classes);
    }

    private static StartupException faults(BistroBuilder application) {
        return assertThrows(
                StartupException.class, () -> application.startInProcess().close());
    }

    private static void assertGolden(String name, BistroBuilder application) {
        StartupException faults = faults(application);
        assertFalse(faults.getMessage().contains("secret"), faults.getMessage());
        var problems = new Problems();
        faults.problems().forEach(problems::add);
        Golden.assertGolden(name, problems);
    }
}
