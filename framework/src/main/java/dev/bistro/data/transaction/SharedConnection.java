package dev.bistro.data.transaction;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A connection as code within a scope has it: to close it gives nothing back, and a transaction can't be ended by it,
 * since whoever began it ends it.
 */
final class SharedConnection implements InvocationHandler {
    private static final Set<String> OF_TRANSACTION =
            Set.of("commit", "rollback", "setAutoCommit", "setReadOnly", "setTransactionIsolation", "abort");

    private final Scope scope;
    private boolean isClosed;

    private SharedConnection(Scope scope) {
        this.scope = scope;
    }

    /** The connection of a scope, for one who closes it. */
    static Connection of(Scope scope) {
        return (Connection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new SharedConnection(scope));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close":
                isClosed = true;
                return null;
            case "isClosed":
                return isClosed || scope.isEnded();
            case "isValid":
                return !isClosed && !scope.isEnded() && (boolean) call(method, arguments);
            case "equals":
                return proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "A connection of the database" + (isClosed || scope.isEnded() ? ", closed" : "");
            default:
                return open(method, arguments);
        }
    }

    private Object open(Method method, Object[] arguments) throws Throwable {
        if (isClosed) {
            throw new SQLException("The connection is closed");
        }
        if (scope.isTransaction() && endsTransaction(method, arguments)) {
            throw new SQLException(method.getName() + " is not for code in a transaction of Bistro's: it is committed"
                    + " when the handler has returned, and rolled back when it throws");
        }
        return call(method, arguments);
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

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(scope.physical(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
