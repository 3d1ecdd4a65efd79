package dev.bistro.metrics;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests: how long they took, by the template of their route, method and status; and how many are under way.
 * For each request three adders are touched, which many threads do without waiting for each other.
 *
 * <p>A series is made when the first request of its kind comes. There are no more of them than the application has
 * templates, times {@link MethodLabels methods} and statuses: what a client makes up, such as a path or a method, is
 * never a label. All that had no route is counted together.
 */
public final class RequestMetrics implements RequestObserver {
    /** The labels have OpenTelemetry's names, spelt as Prometheus can read them. */
    private static final String METHOD = "http_request_method";

    private static final String STATUS = "http_response_status_code";
    private static final String ROUTE = "http_route";

    private final LongAdder[] active = new LongAdder[MethodLabels.COUNT];
    private final Map<String, RouteSeries> routes = new ConcurrentHashMap<>();
    private final RouteSeries unrouted = new RouteSeries();

    /** Counts from zero. */
    public RequestMetrics() {
        for (int i = 0; i < active.length; i++) {
            active[i] = new LongAdder();
        }
    }

    @Override
    public void onRequest(ServerRequest request) {
        active[MethodLabels.index(request.method())].increment();
    }

    @Override
    public void onAnswered(Answered answered) {
        ServerRequest request = answered.request().orElse(null);
        int method = request == null ? MethodLabels.OTHER : MethodLabels.index(request.method());
        int status = answered.status().map(Status::code).orElse(RouteSeries.NO_STATUS);
        MatchedRoute route = request == null ? null : request.route().orElse(null);
        RouteSeries series = route == null ? unrouted : series(route.template());
        series.histogram(method, status).record(answered.duration().toNanos());
        if (request != null) {
            active[method].decrement();
        }
    }

    private RouteSeries series(String template) {
        RouteSeries known = routes.get(template); // which is quicker than computeIfAbsent, and nearly always enough
        return known != null ? known : routes.computeIfAbsent(template, first -> new RouteSeries());
    }

    /** What was counted so far. Requests may go on meanwhile: each is in all of a histogram's figures or in none. */
    public List<MetricFamily> families() {
        return List.of(durations(), underWay());
    }

    private MetricFamily durations() {
        var samples = new ArrayList<MetricFamily.Sample>();
        unrouted.each((method, status, histogram) -> histogram.addTo(samples, labels(method, status)));
        new TreeMap<>(routes)
                .forEach((template, series) -> series.each((method, status, histogram) ->
                        histogram.addTo(samples, labels(method, status).and(ROUTE, template))));
        return new MetricFamily(
                "http_server_request_duration_seconds",
                MetricFamily.Kind.HISTOGRAM,
                "seconds",
                "From a request's head to the last byte of its answer.",
                samples);
    }

    private static Labels labels(int method, int status) {
        Labels labels = Labels.of(METHOD, MethodLabels.text(method));
        return status == RouteSeries.NO_STATUS ? labels : labels.and(STATUS, Integer.toString(status));
    }

    private MetricFamily underWay() {
        var samples = new ArrayList<MetricFamily.Sample>();
        for (int i = 0; i < active.length; i++) {
            // one thread may have added what another took away, between the adders' cells
            long count = Math.max(0, active[i].sum());
            samples.add(new MetricFamily.Sample("", Labels.of(METHOD, MethodLabels.text(i)), count));
        }
        return new MetricFamily(
                "http_server_active_requests",
                MetricFamily.Kind.GAUGE,
                "",
                "Requests that are under way, from their head to the last byte of their answer.",
                samples);
    }
}
