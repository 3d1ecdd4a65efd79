package dev.bistro;

import dev.bistro.data.SqlExceptionMapper;
import dev.bistro.data.Transactions;
import dev.bistro.data.jdbi.JdbiAccess;
import dev.bistro.data.jdbi.JdbiLibrary;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the databases of the settings, migrates them, and says what of them is injected. It loads what uses HikariCP,
 * Flyway and Jdbi, each only if it is there and there is a database.
 */
final class DataAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private static final String REASON = "the settings have a database (database.url)";
    private final boolean isUnknown;
    private final Map<String, NamedDatabaseSettings> settings;
    private final ClassLoader application;
    private final DatabaseOpening opening;
    private final Problems problems;
    private final Map<String, OpenDatabase> opened = new LinkedHashMap<>();
    private final Map<String, DatabaseAddress> addresses = new HashMap<>();
    private final Map<Database, JdbiAccess> handlesOf = new LinkedHashMap<>();
    private final TransactionalHandlers handlers;
    private boolean isMigrated;

    /**
     * Opens them; those that can't be opened are problems.
     *
     * @param settings empty if they have faults: nobody knows then which databases there are
     */
    DataAssembly(Optional<DatabaseSettings> settings, StartInput input, Problems problems) {
        this.isUnknown = settings.isEmpty();
        this.settings = settings.map(DatabaseSettings::all).orElse(Map.of());
        this.application = input.application().getClassLoader();
        this.opening = new DatabaseOpening(input, problems);
        this.problems = problems;
        if (this.settings.isEmpty() || PoolLibrary.isThere()) {
            this.settings.forEach(this::open);
        } else {
            problems.add(DatabaseOpening.withoutPool());
        }
        this.handlers = new TransactionalHandlers(
                isUnknown ? Optional.empty() : Optional.of(this.settings.keySet()),
                opened.values().stream().map(OpenDatabase::database).toList(),
                problems);
    }

    private void open(String name, NamedDatabaseSettings one) {
        Optional<DatabaseAddress> address = opening.address(name, one);
        address.ifPresent(known -> addresses.put(name, known));
        address.flatMap(known -> opening.open(name, one, known)).ifPresent(open -> opened.put(name, open));
    }

    // ---- what is injected

    /** Binds what is injected. A database that isn't open has stand-ins, so that its absence is reported once. */
    void bind(ContainerBuilder builder) {
        boolean hasJdbi = JdbiLibrary.isThere();
        for (String name : settings.keySet()) {
            List<Annotation> qualifiers = qualifiers(name);
            Optional<OpenDatabase> one = Optional.ofNullable(opened.get(name));
            Optional<Database> database = one.map(OpenDatabase::database);
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
            one.map(OpenDatabase::pool).ifPresent(builder::closeLast);
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
            if (opening.given().containsKey(name)) {
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

    private void migrate(String name, OpenDatabase one, String folder) {
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
        return Optional.ofNullable(opened.get(""))
                .flatMap(one -> opening.openForState(settings.get(""), one.address()));
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
        return new DatabaseFigures(opened).checks();
    }

    /** The figures of the databases; none without one. */
    List<MetricFamily> figures() {
        return new DatabaseFigures(opened).figures();
    }
}
