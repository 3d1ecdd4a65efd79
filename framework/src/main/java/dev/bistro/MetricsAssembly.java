package dev.bistro;

import dev.bistro.access.AccessRule;
import dev.bistro.access.LoginGuards;
import dev.bistro.controller.Dispatcher;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.metrics.JvmMetrics;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MountedMetrics;
import dev.bistro.metrics.RequestMetrics;
import dev.bistro.observe.AccessLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has requests counted, and puts together what is at {@code /metrics}. */
final class MetricsAssembly {
    private final RequestMetrics requests = new RequestMetrics();
    private final Consumer<ServerRequest> guard;
    private volatile Optional<Transport> transport = Optional.empty();
    private volatile Optional<AccessLog> accessLog = Optional.empty();

    private MetricsAssembly(Consumer<ServerRequest> guard) {
        this.guard = guard;
    }

    /** Counts nothing yet; empty if it is off. They are shown to whom a route without annotations is shown. */
    static Optional<MetricsAssembly> of(OwnSettings own, LoginGuards guards) {
        boolean isClosed =
                own.security().filter(SecuritySettings::deniesByDefault).isPresent();
        Consumer<ServerRequest> guard = isClosed
                ? request ->
                        guards.of(AccessRule.ANY_LOGIN).orElseThrow().check().check(request)
                : request -> {};
        return own.metrics().filter(MetricsSettings::enabled).map(on -> new MetricsAssembly(guard));
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

    /** What is on the main port: any route of the application's own goes before. */
    Application around(Application application, Dispatcher dispatcher) {
        return dispatcher.routesAt(MountedMetrics.PATH).isEmpty()
                ? new MountedMetrics(application, this::families, guard)
                : application;
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
