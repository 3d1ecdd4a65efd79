package dev.bistro.data.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.data.Transactions;
import dev.bistro.wire.PostgresServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** No text of SQL ends a transaction of Bistro's, in whatever way it is sent: each on real databases. */
@Timeout(60)
class TransactionStatementsTest {
    private static final List<String> ENDINGS = List.of(
            "commit",
            "COMMIT WORK",
            "Commit;",
            "  \t\r\n\f commit",
            "\u00a0commit",
            ";commit",
            ";;/**/ ;commit",
            "-- a comment\ncommit",
            "--\rcommit",
            "// a comment\ncommit",
            "/* a comment */commit",
            "/**/commit/**/",
            "/* /* within */ another */ commit",
            "/* /* */ commit",
            "/*! commit */",
            "/*!50000commit*/",
            "{oj commit}",
            "{fn commit}",
            "{ commit }",
            "comm\u0131t",
            "commit and chain",
            "commit transaction x",
            "commit prepared 'x'",
            "rollback",
            "rollback work",
            "ROLLBACK/**/;",
            "rollback and chain",
            "rollback prepared 'x'",
            "abort",
            "end",
            "end transaction",
            "begin",
            "begin work",
            "begin isolation level serializable",
            "begin; commit",
            "begin commit; end",
            "begin not deferrable",
            "set @@local.autocommit = 1",
            "set `autocommit` = 1",
            "set session transaction_isolation = 'serializable'",
            "start transaction",
            "START /* */ TRANSACTION read only",
            "set transaction isolation level serializable",
            "set transaction read only",
            "set session characteristics as transaction read only",
            "set autocommit true",
            "set autocommit on",
            "set @@autocommit = 1",
            "set @@session.autocommit = 1",
            "prepare transaction 'x'",
            "prepare commit x",
            "prepare x as commit",
            "execute immediate 'commit'",
            "execute immediate 'com' || 'mit'",
            "shutdown",
            "select 1; commit",
            "insert into kept values (2); commit",
            "insert into kept values (2);commit;begin",
            "select 'it''s; commit' ; commit",
            "select '\\'; commit; select '\\'",
            "select \"x;\" from (select 1 as \"x;\") y; rollback",
            "select $$;'$$; commit",
            "select $a$;$$'$a$; commit",
            "select e'\\''; commit; select e'\\''",
            "select 1 /* ; */ ; -- ;\n commit",
            "create table t (id int); commit",
            "create table t (id int); end; begin");

    private static final List<String> ALLOWED = List.of(
            "select 1",
            "select 1; select 2;",
            "select 'commit'",
            "select '; commit'",
            "select 'it''s; commit'",
            "select \"; commit\" from (select 1 as \"; commit\") x",
            "select $$; commit$$",
            "-- commit\nselect 1",
            "/* commit; */ select 1 /* ; commit */ -- ; commit",
            "select case when 1 = 1 then 2 end",
            "select 1 as committed",
            "savepoint a; rollback to savepoint a",
            "set schema_of_mine = 'transaction'",
            "select 1 where 1 in (1)");

    /** Statements of other databases, which can't be tried here. */
    @ParameterizedTest
    @ValueSource(strings = {"rollback tran point", "rollback transaction point", "begin not atomic select 1; end"})
    void savepointsAndBlocksAreNone(String sql) {
        assertEquals(Optional.empty(), TransactionStatements.find(sql));
    }

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** A database in which there are transactions; that of H2 lives as long as it has a connection. */
    enum Engine {
        H2 {
            @Override
            DataSource create() {
                var source = new JdbcDataSource();
                source.setURL("jdbc:h2:mem:statements" + DATABASES.incrementAndGet());
                return source;
            }
        },
        POSTGRESQL {
            @Override
            DataSource create() {
                var source = new PGSimpleDataSource();
                source.setUrl(PostgresServer.shared().newSchema());
                return source;
            }
        };

        abstract DataSource create();
    }

    /** A way in which a text is sent. */
    private enum Way {
        EXECUTE(Statement::execute),
        EXECUTE_KEYS((statement, sql) -> statement.execute(sql, Statement.NO_GENERATED_KEYS)),
        QUERY(Statement::executeQuery),
        UPDATE(Statement::executeUpdate),
        UPDATE_COLUMNS((statement, sql) -> statement.executeUpdate(sql, new int[0])),
        LARGE_UPDATE(Statement::executeLargeUpdate),
        BATCH((statement, sql) -> {
            statement.addBatch(sql);
            statement.executeBatch();
        }),
        PREPARED((statement, sql) -> {
            try (var prepared = statement.getConnection().prepareStatement(sql)) {
                prepared.execute();
            }
        }),
        PREPARED_SCROLLING((statement, sql) -> {
            try (var prepared = statement
                    .getConnection()
                    .prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                prepared.executeUpdate();
            }
        }),
        CALL((statement, sql) -> {
            try (var call = statement.getConnection().prepareCall(sql)) {
                call.execute();
            }
        }),
        UNWRAPPED((statement, sql) -> {
            Connection connection = statement.getConnection().unwrap(Connection.class);
            try (Statement other = connection.createStatement().unwrap(Statement.class)) {
                other.execute(sql);
            }
        });

        private final Sending sending;

        Way(Sending sending) {
            this.sending = sending;
        }
    }

    @FunctionalInterface
    private interface Sending {
        void send(Statement statement, String sql) throws SQLException;
    }

    private static final class UndoException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void keepsNothingOfATransactionThatIsRolledBackWhateverWasSent(Engine engine) throws SQLException {
        DataSource source = engine.create();
        try (Connection beside = source.getConnection();
                Statement statement = beside.createStatement()) {
            statement.execute("create table kept (id int)");
            try (Connection one = source.getConnection()) {
                var database = new Database("", only(one), true, 1);
                for (String sql : ENDINGS) {
                    for (Way way : Way.values()) {
                        undo(database, sql, way);
                        assertEquals(0, count(statement), () -> sql + " by " + way);
                    }
                }
            }
            statement.execute("drop table kept");
        }
    }

    /** Gives one connection again and again, as a pool does. */
    private static DataSource only(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    connection.setAutoCommit(true);
                    return Proxy.newProxyInstance(
                            DataSource.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (self, called, values) ->
                                    called.getName().equals("close") ? null : called.invoke(connection, values));
                });
    }

    private static void undo(Database database, String sql, Way way) {
        Transactions transactions = database.transactions();
        assertThrows(
                UndoException.class,
                () -> transactions.run(() -> {
                    try (Connection connection = database.dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("insert into kept values (1)");
                        assertThrows(SQLException.class, () -> way.sending.send(statement, sql), sql + " by " + way);
                    }
                    throw new UndoException();
                }));
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    static Stream<String> allowed() {
        return ALLOWED.stream();
    }

    @Test
    void findsWhatEndsATransaction() {
        List<String> missed = ENDINGS.stream()
                .filter(sql -> TransactionStatements.find(sql).isEmpty())
                .toList();
        assertEquals(List.of(), missed);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void letsOtherStatementsBe(String sql) {
        assertEquals(Optional.empty(), TransactionStatements.find(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin perform 1; end $$",
                "create function one() returns int language sql begin atomic; select 1; end",
                "create procedure p() begin select 1; end",
                "begin my_package.procedure(?); end;",
                "declare x int; begin x := 1; end;",
                "set local statement_timeout = 100",
                "rollback work to a",
                "release savepoint a",
                "{call commit_all(?)}",
                "{?= call commit_all(?)}",
                "with x as (select 1) select * from x",
                "prepare x as select 1",
                ""
            })
    void letsBlocksAndDefinitionsBe(String sql) {
        assertEquals(Optional.empty(), TransactionStatements.find(sql));
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void runsWhatOnlyLooksLikeAnEnding(Engine engine) throws SQLException {
        DataSource source = engine.create();
        try (Connection beside = source.getConnection();
                Statement statement = beside.createStatement()) {
            statement.execute("create table kept (id int)");
            var database = new Database("", source, true, 1);
            for (String sql : ALLOWED) {
                database.transactions().run(() -> {
                    try (Connection connection = database.dataSource().getConnection();
                            Statement own = connection.createStatement()) {
                        own.execute("insert into kept values (1)");
                        if (!sql.startsWith("set ")) {
                            own.execute(sql);
                        }
                    }
                });
            }
            assertEquals(ALLOWED.size(), count(statement));
            statement.execute("drop table kept");
        }
    }
}
