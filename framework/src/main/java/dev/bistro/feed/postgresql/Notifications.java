package dev.bistro.feed.postgresql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Waits for what others notify of. JDBC has no word for it; the driver's is called by its name. */
final class Notifications {
    private final Object driver;
    private final Method await;

    private Notifications(Object driver, Method await) {
        this.driver = driver;
        this.await = await;
    }

    /** Listens on a channel by a connection. */
    static Notifications listen(Connection connection, String channel) throws SQLException {
        try {
            Class<?> type = Class.forName(
                    "org.postgresql.PGConnection", false, connection.getClass().getClassLoader());
            Method await = type.getMethod("getNotifications", int.class);
            var listening = new Notifications(connection.unwrap(type), await);
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + channel);
            }
            return listening;
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The driver doesn't tell of notifications", e);
        }
    }

    /** Waits until somebody notifies, or for so long. */
    void await(int millis) throws SQLException {
        try {
            await.invoke(driver, millis);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException fault ? fault : new SQLException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException(e);
        }
    }
}
