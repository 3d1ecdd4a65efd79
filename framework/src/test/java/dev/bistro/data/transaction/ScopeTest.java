package dev.bistro.data.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.data.TransactionException;
import dev.bistro.feed.Feed;
import dev.bistro.http.HttpException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction on a connection that fails where a test wants it to. */
class ScopeTest {
    private String failing = "";
    private Throwable failure = new AssertionError("of the driver");
    private int taken;
    private int closed;
    private int begun;

    private final Connection connection = proxy(Connection.class);
    private final Database database = new Database("", proxy(DataSource.class), true, 1);

    /** Counts what is taken and closed, and throws in one method. */
    private <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("close")) {
                        closed++;
                    } else if (name.equals("getConnection")) {
                        taken++;
                        return connection;
                    }
                    if (name.equals(failing)) {
                        throw failure;
                    }
                    return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
                }));
    }

    /** Whatever ends, the connection is given back, and what is published later isn't held back. */
    @ParameterizedTest
    @CsvSource({
        "setAutoCommit,   false",
        "commit,          false",
        "rollback,        true",
        "close,           false",
        "close,           true",
        "resource,        false",
        "resource,        true",
    })
    void endsWhateverIsThrown(String method, boolean isThrowing) {
        failing = method;
        assertThrows(
                AssertionError.class,
                () -> database.transactions().run(() -> {
                    database.dataSource().getConnection().getMetaData();
                    if (method.equals("resource")) {
                        database.resource(AutoCloseable.class, () -> this::failWithError, open -> true);
                    }
                    if (isThrowing) {
                        throw new AssertionError("of the code");
                    }
                }));
        assertEquals(1, taken);
        assertEquals(1, closed);
        assertTrue(database.scope() == null);
        Feed<String> feed = Feed.create();
        assertTrue(feed.publish("at once").toCompletableFuture().isDone());
    }

    private void failWithError() {
        throw new AssertionError("of a resource");
    }

    /** Only what the database has refused is known to be undone; only a conflict with others is repeated. */
    @ParameterizedTest
    @CsvSource({
        "40001, false, 3, 503",
        "40P01, false, 3, 503",
        "90131, false, 3, 503",
        "40002, false, 1, 409",
        "23505, false, 1, 409",
        "25P02, false, 1, 500",
        "08003, false, 1, 503",
        "40003, true,  1, 500",
        "08006, true,  1, 500",
        "08007, true,  1, 500",
        "57P01, true,  1, 500",
        "57P02, true,  1, 500",
        "90067, true,  1, 500",
        ",      true,  1, 500",
    })
    void tellsWhetherACommitMayBeDone(String state, boolean isUnknown, int calls, int status) {
        failing = "commit";
        failure = new SQLException("of the driver", state);
        var fault = assertThrows(
                TransactionException.class,
                () -> database.transactions().retries(2).run(() -> {
                    begun++;
                    database.dataSource().getConnection().getMetaData();
                }));
        assertEquals(isUnknown, fault.isOutcomeUnknown());
        assertEquals(calls, begun);
        Optional<HttpException> answer = new SqlFaults(List.of()).map(fault);
        assertEquals(status, answer.map(one -> one.status().code()).orElse(500));
        assertEquals(status == 503, answer.isPresent() && answer.get().headers().contains("Retry-After"));
        assertEquals(
                isUnknown,
                answer.isPresent() && String.valueOf(answer.get().getMessage()).contains("may be done, or not"));
    }

    /** Whoever has only read may come again. */
    @ParameterizedTest
    @CsvSource({"08006, 503", "57P01, 503", "40003, 503", ", 500"})
    void isNotInDoubtOfWhatOnlyReads(String state, int status) {
        failing = "commit";
        failure = new SQLException("of the driver", state);
        var fault = assertThrows(
                TransactionException.class,
                () -> database.transactions()
                        .readOnly()
                        .run(() -> database.dataSource().getConnection().getMetaData()));
        assertEquals(false, fault.isOutcomeUnknown());
        Optional<HttpException> answer = new SqlFaults(List.of()).map(fault);
        assertEquals(status, answer.map(one -> one.status().code()).orElse(500));
    }

    @Test
    void tellsThatAConnectionWasLostBeforeTheCommit() {
        failing = "setSavepoint";
        failure = new SQLException("of the driver", "08006");
        var fault = assertThrows(
                TransactionException.class,
                () -> database.transactions()
                        .run(() -> assertThrows(
                                SQLException.class,
                                () -> database.dataSource().getConnection().setSavepoint())));
        assertEquals(false, fault.isOutcomeUnknown());
    }
}
