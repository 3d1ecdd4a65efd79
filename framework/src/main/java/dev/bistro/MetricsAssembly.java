package dev.bistro;

import dev.bistro.feed.Feed;
import dev.bistro.inject.Container;
import dev.bistro.metrics.DistinctFamilies;
import dev.bistro.metrics.JvmMetrics;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricsPage;
import dev.bistro.metrics.RequestMetrics;
import dev.bistro.metrics.micrometer.BoundRegistry;
import dev.bistro.metrics.micrometer.Micrometer;
import dev.bistro.observe.AccessLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has requests counted, and puts together what is at {@code /metrics}. */
final class MetricsAssembly implements AutoCloseable {
    private final RequestMetrics requests = new RequestMetrics();
    private volatile Optional<Transport.Sockets> sockets = Optional.empty();
    private volatile Optional<AccessLog> accessLog = Optional.empty();
    private volatile List<BoundRegistry> registries = List.of();
    private volatile Optional<DataAssembly> databases = Optional.empty();

    /** Counts nothing yet; empty if it is off, as nobody could read it, or if the settings have faults. */
    static Optional<MetricsAssembly> of(OwnSettings own) {
        boolean isRead = own.metrics().filter(MetricsSettings::enabled).isPresent()
                || own.management().filter(ManagementSettings::isOn).isPresent();
        return isRead ? Optional.of(new MetricsAssembly()) : Optional.empty();
    }

    /** What counts requests. */
    RequestMetrics observer() {
        return requests;
    }

    /** The type of the application's registries of meters; empty where there can't be any. */
    Optional<Class<?>> registryType() {
        return Micrometer.registryType();
    }

    /** Adds the figures of the access log. */
    void setAccessLog(AccessLog log) {
        accessLog = Optional.of(log);
    }

    /** Adds the figures of databases. */
    void setDatabases(DataAssembly open) {
        databases = Optional.of(open);
    }

    /** Adds the figures of sockets, if there are any, and has the application's registries show all. */
    void begin(Transport transport, Container container) {
        if (transport instanceof Transport.Sockets open) {
            sockets = Optional.of(open);
        }
        registries = registryType().stream()
                .flatMap(type -> container.contributions(type).stream())
                .map(registry -> Micrometer.bind(registry.object().get(), this::figures, requests))
                .toList();
    }

    /** The page of the metrics, by its path. */
    Map<String, OwnPages.Page> pages() {
        var page = new MetricsPage(this::families);
        return Map.of(MetricsPage.PATH, OwnPages.Page.guarded("The page of metrics", page::answer));
    }

    /** The server's figures come first, so that no meter takes their names; meters of the JVM's go before our own. */
    private List<MetricFamily> families() {
        var families = new DistinctFamilies();
        families.add(requests.durations());
        figures().forEach(families::add);
        int unreadable = 0;
        for (BoundRegistry registry : registries) {
            BoundRegistry.Reading reading = registry.readMeters();
            reading.families().forEach(families::add);
            unreadable += reading.unreadable();
        }
        if (!registries.isEmpty()) {
            families.add(MetricFamily.gauge(
                    "bistro_unreadable_meters",
                    "Meters of the application that are missing here, since they can't be read.",
                    MetricFamily.value(unreadable)));
        }
        JvmMetrics.families().forEach(families::add);
        return families.all();
    }

    /** Those that aren't counted for each kind of requests. */
    private List<MetricFamily> figures() {
        var figures = new ArrayList<MetricFamily>();
        figures.add(requests.underWay());
        sockets.ifPresent(open -> figures.addAll(ServerFigures.families(open)));
        figures.add(MetricFamily.gauge(
                "bistro_feed_followers",
                "Clients that follow a feed of this process, or wait for its next item.",
                MetricFamily.value(Feed.followersOfAll())));
        accessLog.ifPresent(log -> figures.add(MetricFamily.counter(
                "bistro_access_log_dropped_lines",
                "Lines that are missing in the access log.",
                MetricFamily.total(log.droppedLines()))));
        databases.ifPresent(open -> figures.addAll(open.figures()));
        return figures;
    }

    @Override
    public void close() {
        registries.forEach(BoundRegistry::close);
    }
}
