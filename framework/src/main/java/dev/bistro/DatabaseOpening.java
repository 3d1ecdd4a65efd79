package dev.bistro;

import dev.bistro.config.Secret;
import dev.bistro.data.migration.MigrationLibrary;
import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.transaction.Database;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import jakarta.inject.Named;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the databases of the settings, and says what is wrong where that can't be done. */
final class DatabaseOpening {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private static final String POOL_LIBRARY = "com.zaxxer:HikariCP:7.1.0";
    private static final String FLYWAY_POSTGRESQL_LIBRARY = "org.flywaydb:flyway-database-postgresql:13.12.1";

    /** The library of a driver, by the driver's name. */
    private static final Map<String, String> DRIVERS = Map.of(
            "postgresql", "org.postgresql:postgresql:42.7.14",
            "h2", "com.h2database:h2:2.5.252",
            "mysql", "com.mysql:mysql-connector-j:9.5.0",
            "mariadb", "org.mariadb.jdbc:mariadb-java-client:3.5.6");

    private final Map<String, DataSource> given;
    private final Problems problems;

    DatabaseOpening(StartInput input, Problems problems) {
        this.given = given(input);
        this.problems = problems;
    }

    /** What the program gives in the place of a database's own, by the name of that. */
    private static Map<String, DataSource> given(StartInput input) {
        var given = new HashMap<String, DataSource>();
        if (input.instances().get(DataSource.class) instanceof DataSource own) {
            given.put("", own);
        }
        for (StartInput.QualifiedInstance each : input.qualified()) {
            if (each.type() == DataSource.class && each.instance() instanceof DataSource own) {
                each.qualifiers().stream()
                        .filter(Named.class::isInstance)
                        .forEach(named -> given.put(((Named) named).value(), own));
            }
        }
        return given;
    }

    /** What the program gives in the place of a database's own, by the name of that. */
    Map<String, DataSource> given() {
        return given;
    }

    static Problem withoutPool() {
        return Problem.of(
                        "database-without-pool",
                        "There is a database (database.url), but no pool of connections on the class path.")
                .cure("Add " + POOL_LIBRARY + " to the dependencies.");
    }

    static Problem withoutPostgresql(String prefix) {
        return Problem.of(
                        "flyway-without-postgresql",
                        "Flyway is on the class path, but not its module for PostgreSQL (" + prefix + "url).")
                .cure("Add " + FLYWAY_POSTGRESQL_LIBRARY + " to the dependencies.");
    }

    /** The address in the settings of one; empty if it is none, which is a problem. */
    Optional<DatabaseAddress> address(String name, NamedDatabaseSettings one) {
        try {
            return Optional.of(DatabaseAddress.of(one.url().reveal())
                    .as(one.user(), one.password().map(Secret::reveal)));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of(
                            "bad-database-url",
                            prefix(name) + "url is no address of a database: " + e.getMessage() + ".")
                    .cure("Correct it; it isn't shown here, since it may have a password."));
            return Optional.empty();
        }
    }

    /** Opens one; empty if there is a problem, or no objects are to be made. */
    Optional<OpenDatabase> open(String name, NamedDatabaseSettings one, DatabaseAddress address) {
        String prefix = prefix(name);
        return hasLibraries(prefix, one, address) && !problems.areObjectsForbidden()
                ? connect(name, prefix, one, address)
                : Optional.empty();
    }

    /** Opens connections for sessions and rates alone; empty if the database can't be reached. */
    Optional<ConnectionPool> openForState(NamedDatabaseSettings one, DatabaseAddress address) {
        try {
            return Optional.of(ConnectionPool.open(address, one.statePool()));
        } catch (SQLException e) {
            problems.add(unreachable(prefix(""), one, address, e));
            return Optional.empty();
        }
    }

    private static String prefix(String name) {
        return name.isEmpty() ? "database." : "database.named." + name + ".";
    }

    private boolean hasLibraries(String prefix, NamedDatabaseSettings one, DatabaseAddress address) {
        int before = problems.found().size();
        String driver = address.driver();
        if (one.queryTimeout().isPresent() && !ConnectionPool.hasQueryTimeout(driver)) {
            problems.add(Problem.of(
                            "unknown-query-timeout",
                            prefix + "query-timeout is set, but Bistro doesn't know how \"" + driver + "\" does that.")
                    .cure("Remove it, and limit statements in the database, or by a parameter of " + prefix + "url."));
        }
        if (migrations(one).isPresent() && driver.equals("postgresql") && !MigrationLibrary.knowsPostgresql()) {
            problems.add(withoutPostgresql(prefix));
        }
        if (!hasDriver(address)) {
            problems.add(Problem.of(
                            "no-database-driver",
                            "No driver on the class path takes " + address.shown() + " (" + prefix + "url).")
                    .cure(driverCure(driver)));
        }
        return problems.found().size() == before;
    }

    /** Drivers are in packages with the names of their databases. */
    private static String driverCure(String driver) {
        if (DriverManager.drivers().anyMatch(each -> each.getClass().getName().contains("." + driver + "."))) {
            return "The driver is there, but can't read that: correct it, such as its port.";
        }
        return "Add " + DRIVERS.getOrDefault(driver, "the driver of \"" + driver + "\"") + " to the dependencies.";
    }

    private static boolean hasDriver(DatabaseAddress address) {
        try {
            DriverManager.getDriver(address.jdbcUrl());
            return true;
        } catch (SQLException none) {
            return false;
        }
    }

    private Optional<OpenDatabase> connect(
            String name, String prefix, NamedDatabaseSettings one, DatabaseAddress address) {
        try {
            ConnectionPool pool =
                    ConnectionPool.open(address, one.pool(name.isEmpty() ? "database" : "database-" + name));
            DataSource own = given.get(name);
            var database = new Database(name, own == null ? pool.dataSource() : own, own == null, one.handlers());
            LOG.info(
                    "Database{}: {}, {} connections{}",
                    name.isEmpty() ? "" : " " + name,
                    address.shown(),
                    one.poolSize(),
                    own == null ? "" : "; the program gives a DataSource, and handlers use that one");
            return Optional.of(new OpenDatabase(address, database, pool, migrations(one)));
        } catch (SQLException e) {
            problems.add(unreachable(prefix, one, address, e));
            return Optional.empty();
        }
    }

    private static Problem unreachable(
            String prefix, NamedDatabaseSettings one, DatabaseAddress address, SQLException fault) {
        return Problem.of(
                        "no-database-connection",
                        "The database " + address.shown() + " can't be reached: " + said(fault, one, address) + ".")
                .cure("Is it running, and does it let this user in? See " + prefix + "url, " + prefix + "user and "
                        + prefix + "password.");
    }

    /** What the driver says, on one line, and without the password should it be in there. */
    private static String said(SQLException fault, NamedDatabaseSettings one, DatabaseAddress address) {
        String text = String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " ");
        for (String secret : List.of(
                one.url().reveal(), address.jdbcUrl(), address.password().orElse(""))) {
            text = secret.isEmpty() ? text : text.replace(secret, "***");
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<String> migrations(NamedDatabaseSettings one) {
        return one.migrations().filter(folder -> MigrationLibrary.isThere());
    }
}
