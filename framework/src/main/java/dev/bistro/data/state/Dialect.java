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
        String skipsLocked() {
            return "";
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
        String skipsLocked() {
            return " for update skip locked";
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

    /** The end of a query in another statement that leaves out what others are about to change. */
    abstract String skipsLocked();
}
