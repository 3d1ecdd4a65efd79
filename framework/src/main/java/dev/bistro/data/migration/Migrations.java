package dev.bistro.data.migration;

import dev.bistro.data.transaction.DatabaseAddress;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;

/**
 * Brings a database to the state that the application's migrations describe. Flyway is called by reflection, since its
 * jar gives no name as a module that a module could require.
 */
public final class Migrations {
    private final Object flyway;

    /**
     * The migrations of a database. They have connections of their own: a migration may take longer than other
     * statements, and Flyway needs more than one connection.
     *
     * @param loader has the folder
     * @param folder of the class path: {@code db/migration}
     * @throws IllegalStateException if Flyway can't be set up, or is of a version without these methods
     */
    public Migrations(DatabaseAddress address, ClassLoader loader, String folder) {
        Object configuration =
                call(MigrationLibrary.flyway(), null, "configure", Parameter.of(ClassLoader.class, loader));
        call(
                configuration,
                "dataSource",
                Parameter.of(String.class, address.jdbcUrl()),
                Parameter.of(String.class, address.user().orElse(null)),
                Parameter.of(String.class, address.password().orElse(null)));
        call(configuration, "locations", Parameter.of(String[].class, new String[] {"classpath:" + folder}));
        flyway = call(configuration, "load");
    }

    /**
     * Runs those that didn't run yet; without any, the database stays as it is.
     *
     * @return how many ran
     * @throws IllegalStateException if one fails, or those that ran aren't those of the application
     */
    public int migrate() {
        if (Array.getLength(call(call(flyway, "info"), "all")) == 0) {
            return 0;
        }
        Object result = call(flyway, "migrate");
        try {
            return result.getClass().getField("migrationsExecuted").getInt(result);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Flyway doesn't say what has run", e);
        }
    }

    /** A parameter of a method, and what it is called with. */
    private record Parameter(Class<?> type, Object value) {
        static Parameter of(Class<?> type, Object value) {
            return new Parameter(type, value);
        }
    }

    private static Object call(Object target, String method, Parameter... parameters) {
        return call(target.getClass(), target, method, parameters);
    }

    private static Object call(Class<?> type, Object target, String method, Parameter... parameters) {
        var types = new Class<?>[parameters.length];
        var values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            types[i] = parameters[i].type;
            values[i] = parameters[i].value;
        }
        try {
            return type.getMethod(method, types).invoke(target, values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    onOneLine(String.valueOf(e.getCause().getMessage())), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Flyway has no method " + method, e);
        }
    }

    /** Flyway's messages are tables of several lines, with a line of hyphens below the first. */
    private static String onOneLine(String message) {
        return message.replaceAll("-{3,}", ": ")
                .replaceAll("\\s+", " ")
                .replace(" :", ":")
                .strip();
    }
}
