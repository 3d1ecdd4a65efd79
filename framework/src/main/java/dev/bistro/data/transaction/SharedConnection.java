package dev.bistro.data.transaction;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/**
 * A connection as code within a scope has it: to close it gives nothing back, and a transaction can't be ended by it,
 * since whoever began it ends it. Its statements lead back to it, and tell the scope when they fail.
 */
final class SharedConnection implements InvocationHandler {
    private static final Set<String> OF_TRANSACTION =
            Set.of("commit", "rollback", "setAutoCommit", "setReadOnly", "setTransactionIsolation", "abort");
    /** The methods that are given a text of SQL, which is their first argument. */
    private static final Set<String> OF_TEXT = Set.of(
            "prepareStatement",
            "prepareCall",
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "addBatch");

    private static final Set<String> OF_STATE = Set.of("setAutoCommit", "setReadOnly", "setTransactionIsolation");

    private final Scope scope;
    private volatile boolean isClosed;
    private ConnectionState before; // null until it is changed by this one, outside of a transaction

    private SharedConnection(Scope scope) {
        this.scope = scope;
    }

    /** The connection of a scope, for one who closes it. */
    static Connection of(Scope scope) {
        return proxy(Connection.class, new SharedConnection(scope));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SharedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close":
                close();
                return null;
            case "isClosed":
                return isClosed || scope.isEnded();
            case "isValid":
                return !isClosed && !scope.isEnded() && (boolean) call(scope.physical(), method, arguments);
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "unwrap":
                Class<?> wanted = (Class<?>) arguments[0];
                return wanted.isInstance(proxy) ? proxy : open((Connection) proxy, method, arguments);
            case "isWrapperFor":
                Class<?> asked = (Class<?>) arguments[0];
                return asked.isInstance(proxy) || (boolean) open((Connection) proxy, method, arguments);
            case "toString":
                return "A connection of the database" + (isClosed || scope.isEnded() ? ", closed" : "");
            default:
                return open((Connection) proxy, method, arguments);
        }
    }

    /** Outside of a transaction, whoever gets the connection next finds it as it was, as with one of a pool. */
    private void close() throws SQLException {
        isClosed = true;
        if (before != null && !scope.isEnded()) {
            ConnectionState found = before;
            before = null;
            found.restore(scope.physical());
        }
    }

    private Object open(Connection proxy, Method method, Object[] arguments) throws Throwable {
        if (isClosed) {
            throw new SQLException("The connection is closed");
        }
        if (scope.isTransaction() && endsTransaction(method, arguments)) {
            throw refused(method.getName());
        }
        Connection physical = scope.physical();
        if (!scope.isTransaction() && OF_STATE.contains(method.getName())) {
            rememberState(physical, method);
        }
        Object result = call(physical, method, arguments);
        if (method.getName().equals("rollback")) {
            scope.recovered();
        }
        Class<?> type = method.getReturnType();
        return Statement.class.isAssignableFrom(type) || type == DatabaseMetaData.class
                ? proxy(type, new Part(proxy, result))
                : result;
    }

    private static SQLException refused(String what) {
        return new SQLException(what + " is not for code in a transaction of Bistro's: it is committed when the handler"
                + " has returned, and rolled back when it throws");
    }

    /** A statement that ends the transaction isn't sent: Bistro would answer what it hasn't done. */
    private void refuseText(Method method, Object[] arguments) throws SQLException {
        if (scope.isTransaction()
                && arguments != null
                && arguments.length > 0
                && arguments[0] instanceof String sql
                && OF_TEXT.contains(method.getName())) {
            Optional<String> found = TransactionStatements.find(sql);
            if (found.isPresent()) {
                throw refused("The statement " + found.get());
            }
        }
    }

    private void rememberState(Connection physical, Method method) throws SQLException {
        if (before == null) {
            before = ConnectionState.of(physical);
        }
        if (method.getName().equals("setTransactionIsolation")) {
            before = before.withIsolation(physical);
        }
    }

    /** To turn off what is off is allowed: libraries do it before they write. So is to go back to a savepoint. */
    private static boolean endsTransaction(Method method, Object[] arguments) {
        boolean isAllowed = switch (method.getName()) {
            case "setAutoCommit" -> Boolean.FALSE.equals(arguments[0]);
            case "rollback" -> arguments != null;
            default -> false;
        };
        return OF_TRANSACTION.contains(method.getName()) && !isAllowed;
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        refuseText(method, arguments);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException fault) {
                scope.failed(fault);
            }
            throw e.getCause();
        }
    }

    /** A statement of the connection, or what describes its database. */
    private final class Part implements InvocationHandler {
        private final Connection connection;
        private final Object target;

        Part(Connection connection, Object target) {
            this.connection = connection;
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return switch (method.getName()) {
                case "getConnection" -> connection;
                case "equals" -> proxy == arguments[0];
                case "unwrap" -> ((Class<?>) arguments[0]).isInstance(proxy) ? proxy : call(target, method, arguments);
                default -> call(target, method, arguments);
            };
        }
    }
}
