package dev.bistro;

import dev.bistro.metrics.JvmMetrics;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricsPage;
import dev.bistro.metrics.RequestMetrics;
import dev.bistro.observe.AccessLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has requests counted, and puts together what is at {@code /metrics}. */
final class MetricsAssembly {
    private final RequestMetrics requests = new RequestMetrics();
    private volatile Optional<Transport> transport = Optional.empty();
    private volatile Optional<AccessLog> accessLog = Optional.empty();

    /** Counts nothing yet; empty if it is off, as nobody could read it. */
    static Optional<MetricsAssembly> of(OwnSettings own) {
        boolean isRead = own.metrics().orElseThrow().enabled()
                || own.management().orElseThrow().isOn();
        return isRead ? Optional.of(new MetricsAssembly()) : Optional.empty();
    }

    /** What counts requests. */
    RequestMetrics observer() {
        return requests;
    }

    /** Adds the figures of the access log. */
    void setAccessLog(AccessLog log) {
        accessLog = Optional.of(log);
    }

    /** Adds the figures of sockets, if there are any. */
    void setTransport(Transport open) {
        transport = Optional.of(open).filter(one -> one instanceof Transport.Sockets);
    }

    /** The page of the metrics, by its path. */
    Map<String, OwnPages.Page> pages() {
        var page = new MetricsPage(this::families);
        return Map.of(MetricsPage.PATH, OwnPages.Page.guarded("The page of metrics", page::answer));
    }

    private List<MetricFamily> families() {
        var families = new ArrayList<>(requests.families());
        transport.ifPresent(open -> families.addAll(ServerFigures.families(open.statistics())));
        accessLog.ifPresent(log -> families.add(MetricFamily.counter(
                "bistro_access_log_dropped_lines",
                "Lines that are missing in the access log.",
                MetricFamily.total(log.droppedLines()))));
        families.addAll(JvmMetrics.families());
        return families;
    }
}
