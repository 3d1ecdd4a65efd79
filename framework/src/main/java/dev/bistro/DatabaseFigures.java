package dev.bistro;

import dev.bistro.data.pool.ConnectionPool;
import dev.bistro.health.Health;
import dev.bistro.metrics.MetricFamily;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;

/** What health and metrics show of databases that are open, by their names. */
record DatabaseFigures(Map<String, OpenDatabase> opened) {
    private static final String LABEL = "database";

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

    private MetricFamily gauge(String name, String help, ToLongFunction<OpenDatabase> figure) {
        return MetricFamily.gauge(name, help, samples(figure, MetricFamily::value));
    }

    /** Makes a sample of a label, its value and a figure. */
    @FunctionalInterface
    private interface SampleMaker {
        MetricFamily.Sample make(String label, String text, double value);
    }

    private MetricFamily.Sample[] samples(ToLongFunction<OpenDatabase> figure, SampleMaker maker) {
        return opened.entrySet().stream()
                .map(one -> maker.make(
                        LABEL, one.getKey().isEmpty() ? "default" : one.getKey(), figure.applyAsLong(one.getValue())))
                .toArray(MetricFamily.Sample[]::new);
    }
}
