package dev.bistro.data.state;

import java.util.Arrays;
import java.util.Optional;

/** What databases say differently. */
enum Dialect {
    H2("h2") {
        @Override
        String adapted(String statement) {
            return statement.replace("unlogged ", "");
        }

        @Override
        String ifAbsent(String insert) {
            return insert; // and what it throws is looked at
        }

        @Override
        String returning(String update, String expression) {
            return "select " + expression + " from final table (" + update + ")";
        }

        @Override
        String delete(String table, String key, String condition, int most) {
            return "delete from " + table + " where " + condition + " fetch first " + most + " rows only";
        }
    },

    POSTGRESQL("postgresql") {
        @Override
        String adapted(String statement) {
            return statement;
        }

        @Override
        String ifAbsent(String insert) {
            return insert + " on conflict do nothing";
        }

        @Override
        String returning(String update, String expression) {
            return update + " returning " + expression;
        }

        @Override
        String delete(String table, String key, String condition, int most) {
            return "delete from " + table + " where " + condition + " and " + key + " in (select " + key + " from "
                    + table + " where " + condition + " limit " + most + " for update skip locked)";
        }
    };

    /** What the database's clock shows, in microseconds since 1970. */
    static final String NOW = "cast(extract(epoch from current_timestamp) * 1000000 as bigint)";

    private final String driver;

    Dialect(String driver) {
        this.driver = driver;
    }

    /** That of a driver, by the driver's name; empty if it isn't known here. */
    static Optional<Dialect> of(String driver) {
        return Arrays.stream(values()).filter(one -> one.driver.equals(driver)).findFirst();
    }

    /** A statement that makes a table. */
    abstract String adapted(String statement);

    /** An insert that does nothing, or fails by the state of that, where the key is there. */
    abstract String ifAbsent(String insert);

    /** An update that returns something of each row that it has changed. */
    abstract String returning(String update, String expression);

    /** Removes some of the rows that a condition is true for; instances don't wait for each other's. */
    abstract String delete(String table, String key, String condition, int most);
}
