package dev.bistro;

import dev.bistro.config.Secret;
import dev.bistro.data.SqlExceptionMapper;
import dev.bistro.data.Transactions;
import dev.bistro.data.jdbi.JdbiAccess;
import dev.bistro.data.jdbi.JdbiLibrary;
import dev.bistro.data.migration.MigrationLibrary;
import dev.bistro.data.migration.Migrations;
import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.data.pool.PoolLibrary;
import dev.bistro.data.transaction.Database;
import dev.bistro.data.transaction.DatabaseAddress;
import dev.bistro.data.transaction.SqlFaults;
import dev.bistro.data.transaction.TransactionAudit;
import dev.bistro.data.transaction.TransactionalHandlers;
import dev.bistro.health.Health;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the databases of the settings, migrates them, and says what of them is injected. It loads what uses HikariCP,
 * Flyway and Jdbi, each only if it is there and there is a database.
 */
final class DataAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private static final String LABEL = "database";
    private static final String REASON = "the settings have a database (database.url)";
    private static final String POOL_LIBRARY = "com.zaxxer:HikariCP:7.1.0";
    private static final String FLYWAY_POSTGRESQL_LIBRARY = "org.flywaydb:flyway-database-postgresql:13.12.1";

    /** The library of a driver, by the driver's name. */
    private static final Map<String, String> DRIVERS = Map.of(
            "postgresql", "org.postgresql:postgresql:42.7.14",
            "h2", "com.h2database:h2:2.5.252",
            "mysql", "com.mysql:mysql-connector-j:9.5.0",
            "mariadb", "org.mariadb.jdbc:mariadb-java-client:3.5.6");

    private final boolean isUnknown;
    private final Map<String, NamedDatabaseSettings> settings;
    private final ClassLoader application;
    private final Map<String, DataSource> given;
    private final Problems problems;
    private final Map<String, Opened> opened = new LinkedHashMap<>();
    private final Map<String, DatabaseAddress> addresses = new HashMap<>();
    private final Map<Database, JdbiAccess> handlesOf = new LinkedHashMap<>();
    private final TransactionalHandlers handlers;
    private boolean isMigrated;

    /** A database that is open. */
    private record Opened(
            DatabaseAddress address, Database database, ConnectionPool pool, Optional<String> migrations) {}

    /**
     * Opens them; those that can't be opened are problems.
     *
     * @param settings empty if they have faults: nobody knows then which databases there are
     */
    DataAssembly(Optional<DatabaseSettings> settings, StartInput input, Problems problems) {
        this.isUnknown = settings.isEmpty();
        this.settings = settings.map(DatabaseSettings::all).orElse(Map.of());
        this.application = input.application().getClassLoader();
        this.given = given(input);
        this.problems = problems;
        if (this.settings.isEmpty() || PoolLibrary.isThere()) {
            this.settings.forEach(this::open);
        } else {
            problems.add(withoutPool());
        }
        this.handlers = new TransactionalHandlers(
                isUnknown ? Optional.empty() : Optional.of(this.settings.keySet()),
                opened.values().stream().map(Opened::database).toList(),
                problems);
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

    // ---- opening

    private void open(String name, NamedDatabaseSettings one) {
        String prefix = name.isEmpty() ? "database." : "database.named." + name + ".";
        DatabaseAddress address;
        try {
            address = DatabaseAddress.of(one.url().reveal())
                    .as(one.user(), one.password().map(Secret::reveal));
        } catch (IllegalArgumentException e) {
            problems.add(
                    Problem.of("bad-database-url", prefix + "url is no address of a database: " + e.getMessage() + ".")
                            .cure("Correct it; it isn't shown here, since it may have a password."));
            return;
        }
        addresses.put(name, address);
        if (hasLibraries(prefix, one, address) && !problems.areObjectsForbidden()) {
            connect(name, prefix, one, address);
        }
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

    private void connect(String name, String prefix, NamedDatabaseSettings one, DatabaseAddress address) {
        try {
            ConnectionPool pool =
                    ConnectionPool.open(address, one.pool(name.isEmpty() ? "database" : "database-" + name));
            DataSource own = given.get(name);
            var database = new Database(name, own == null ? pool.dataSource() : own, own == null, one.handlers());
            opened.put(name, new Opened(address, database, pool, migrations(one)));
            LOG.info(
                    "Database{}: {}, {} connections{}",
                    name.isEmpty() ? "" : " " + name,
                    address.shown(),
                    one.poolSize(),
                    own == null ? "" : "; the program gives a DataSource, and handlers use that one");
        } catch (SQLException e) {
            problems.add(unreachable(prefix, one, address, e));
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

    // ---- what is injected

    /** Binds what is injected. A database that isn't open has stand-ins, so that its absence is reported once. */
    void bind(ContainerBuilder builder) {
        boolean hasJdbi = JdbiLibrary.isThere();
        for (String name : settings.keySet()) {
            List<Annotation> qualifiers = qualifiers(name);
            Optional<Opened> one = Optional.ofNullable(opened.get(name));
            Optional<Database> database = one.map(Opened::database);
            bind(builder, DataSource.class, qualifiers, database.map(Database::dataSource));
            bind(builder, Transactions.class, qualifiers, database.map(Database::transactions));
            builder.bindCurrent(
                    Connection.class, qualifiers, () -> database.orElseThrow().connection());
            if (hasJdbi) {
                Optional<JdbiAccess> jdbi = database.map(JdbiAccess::new);
                bind(builder, JdbiAccess.type(), qualifiers, jdbi.map(JdbiAccess::jdbi));
                builder.bindCurrent(
                        JdbiAccess.handleType(),
                        qualifiers,
                        () -> jdbi.orElseThrow().handle());
                jdbi.ifPresent(access -> handlesOf.put(database.orElseThrow(), access));
            }
            one.map(Opened::pool).ifPresent(builder::closeLast);
        }
        if (isUnknown) {
            reasons().keySet().forEach(builder::bindUnmade);
        }
        if (hasJdbi && (isUnknown || !settings.isEmpty())) {
            handlers.addParameter(
                    JdbiAccess.handleType(), database -> handlesOf.get(database).handle());
        }
        builder.onClass(new TransactionAudit(problems)::check);
    }

    /**
     * Binds the program's own in the place of the databases' ones, in such a form that they take part in transactions;
     * after the program's objects.
     */
    void bindGiven(ContainerBuilder builder) {
        opened.forEach((name, one) -> {
            if (given.containsKey(name)) {
                builder.bind(DataSource.class, qualifiers(name), one.database().dataSource());
            }
        });
    }

    private static List<Annotation> qualifiers(String name) {
        return name.isEmpty() ? List.of() : List.of(new NamedLiteral(name));
    }

    /** Why there is what {@link #bind} binds, by its type. */
    Map<Class<?>, String> reasons() {
        var reasons = new HashMap<Class<?>, String>();
        reasons.put(DataSource.class, REASON);
        reasons.put(Transactions.class, REASON);
        reasons.put(Connection.class, REASON);
        if (JdbiLibrary.isThere()) {
            reasons.put(JdbiAccess.type(), REASON);
            reasons.put(JdbiAccess.handleType(), REASON);
        }
        return reasons;
    }

    private static void bind(
            ContainerBuilder builder, Class<?> type, List<Annotation> qualifiers, Optional<?> instance) {
        builder.bind(type, qualifiers, instance.orElse(null));
    }

    /** The qualifier of a name. */
    private record NamedLiteral(String value) implements Named {
        @Override
        public Class<? extends Annotation> annotationType() {
            return Named.class;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named named && named.value().equals(value);
        }

        @Override
        public int hashCode() {
            return 127 * "value".hashCode() ^ value.hashCode(); // as Annotation.hashCode has it
        }

        @Override
        public String toString() {
            return "@jakarta.inject.Named(\"" + value + "\")";
        }
    }

    /** What runs around the methods that use a database. */
    TransactionalHandlers handlers() {
        return handlers;
    }

    /** What clients are told of faults; empty without a database. */
    Optional<SqlFaults> faults(Extensions extensions) {
        if (settings.isEmpty() || !problems.allowObjects()) {
            return Optional.empty();
        }
        return Optional.of(new SqlFaults(extensions.all(SqlExceptionMapper.class).stream()
                .map(one -> (SqlExceptionMapper) one.object().get())
                .toList()));
    }

    /**
     * Migrates them, before the first object of the application is made; a second call does nothing.
     *
     * @throws StartupException if that fails
     */
    void migrate() {
        if (isMigrated) {
            return;
        }
        isMigrated = true;
        opened.forEach((name, one) -> one.migrations().ifPresent(folder -> migrate(name, one, folder)));
    }

    private void migrate(String name, Opened one, String folder) {
        try {
            int count = new Migrations(one.address(), application, folder).migrate();
            if (count > 0) {
                LOG.info("Database{}: {} migrations have run", name.isEmpty() ? "" : " " + name, count);
            }
        } catch (IllegalStateException e) {
            throw new StartupException(
                    List.of(Problem.of("migration-failed", "The migrations of " + folder + " fail: " + e.getMessage())
                            .cure("Correct the migration, or the database; see the cause.")),
                    e);
        }
    }

    // ---- what others see

    /** The database that feeds can be in, if it is open. */
    Optional<FeedAssembly.Shared> shared() {
        return Optional.ofNullable(opened.get(""))
                .filter(one -> FeedAssembly.canBeIn(one.address()))
                .map(one -> new FeedAssembly.Shared(one.address(), one.pool().dataSource()));
    }

    /** The address of the database that needs no name, if it has one. */
    Optional<DatabaseAddress> address() {
        return Optional.ofNullable(addresses.get(""));
    }

    /** Opens connections for sessions and rates alone; empty if that database isn't open, or can't be reached. */
    Optional<ConnectionPool> openForState() {
        NamedDatabaseSettings one = settings.get("");
        return Optional.ofNullable(opened.get("")).map(Opened::address).flatMap(address -> {
            try {
                return Optional.of(ConnectionPool.open(address, one.statePool()));
            } catch (SQLException e) {
                problems.add(unreachable("database.", one, address, e));
                return Optional.empty();
            }
        });
    }

    /** Whether the settings have the database that needs no name; or might have it, if they have faults. */
    boolean isSet() {
        return isUnknown || settings.containsKey("");
    }

    /** Why feeds can't be in the database; empty if they can, or that is a problem of its own. */
    Optional<Problem> faultOfFeeds() {
        if (!isSet()) {
            return Optional.of(FeedAssembly.withoutDatabase("there is no database.url"));
        }
        return Optional.ofNullable(opened.get(""))
                .filter(one -> !FeedAssembly.canBeIn(one.address()))
                .map(one -> FeedAssembly.withoutDatabase(
                        "the database is another one: " + one.address().shown()));
    }

    /** Checks of the databases, by their names. */
    Map<String, Callable<Health>> checks() {
        var checks = new LinkedHashMap<String, Callable<Health>>();
        opened.forEach(
                (name, one) -> checks.put(name.isEmpty() ? "database" : "database " + name, () -> health(one.pool())));
        return checks;
    }

    /** A pool whose connections are all in use is known to have some: only an idle one is tried out. */
    private static Health health(ConnectionPool pool) throws SQLException {
        Health health = pool.isFull() || pool.answers() ? Health.up() : Health.down("It doesn't answer");
        return health.with("active", pool.active()).with("idle", pool.idle()).with("waiting", pool.waiting());
    }

    /** The figures of the databases; none without one. */
    List<MetricFamily> figures() {
        return opened.isEmpty()
                ? List.of()
                : List.of(
                        gauge(
                                "bistro_database_active_connections",
                                "Connections of the pool that are in use.",
                                one -> one.pool().active()),
                        gauge(
                                "bistro_database_idle_connections",
                                "Connections of the pool that are not in use.",
                                one -> one.pool().idle()),
                        gauge(
                                "bistro_database_waiting_threads",
                                "Threads that wait for a connection.",
                                one -> one.pool().waiting()),
                        MetricFamily.counter(
                                "bistro_database_refused_requests",
                                "Requests that were answered 503, since enough handlers waited for a connection.",
                                samples(one -> one.database().refused(), MetricFamily::total)));
    }

    private MetricFamily gauge(String name, String help, ToLongFunction<Opened> figure) {
        return MetricFamily.gauge(name, help, samples(figure, MetricFamily::value));
    }

    /** Makes a sample of a label, its value and a figure. */
    @FunctionalInterface
    private interface SampleMaker {
        MetricFamily.Sample make(String label, String text, double value);
    }

    private MetricFamily.Sample[] samples(ToLongFunction<Opened> figure, SampleMaker maker) {
        return opened.entrySet().stream()
                .map(one -> maker.make(
                        LABEL, one.getKey().isEmpty() ? "default" : one.getKey(), figure.applyAsLong(one.getValue())))
                .toArray(MetricFamily.Sample[]::new);
    }
}
