package dev.bistro.metrics;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Status;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Counts requests: how long they took, by the template of their route, method and status; and how many are under way.
 * For each request three adders are touched, which many threads do without waiting for each other.
 *
 * <p>A series is made when the first request of its kind comes. There are no more of them than the application has
 * templates, times {@link MethodLabels methods} and statuses: what a client makes up, such as a path or a method, is
 * never a label. All that had no route is counted together.
 */
public final class RequestMetrics implements RequestObserver {
    private final LongAdder[] active = new LongAdder[MethodLabels.COUNT];
    private final Map<String, RouteSeries> routes = new ConcurrentHashMap<>();
    private final RouteSeries unrouted = new RouteSeries(whenMade(Optional.empty()));
    private final List<Consumer<RequestSeries>> listeners = new CopyOnWriteArrayList<>();

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
        return known != null ? known : routes.computeIfAbsent(template, this::newSeries);
    }

    private RouteSeries newSeries(String template) {
        return new RouteSeries(whenMade(Optional.of(template)));
    }

    private RouteSeries.Visitor whenMade(Optional<String> route) {
        return (method, status, histogram) -> {
            RequestSeries made = series(kind(method, status, route), histogram);
            listeners.forEach(listener -> listener.accept(made));
        };
    }

    private static RequestSeries series(RequestKind kind, Histogram histogram) {
        return new RequestSeries(kind, histogram::count, histogram::sumNanos);
    }

    private static RequestKind kind(int method, int status, Optional<String> route) {
        Optional<Integer> known = status == RouteSeries.NO_STATUS ? Optional.empty() : Optional.of(status);
        return new RequestKind(MethodLabels.text(method), known, route);
    }

    /**
     * Tells of each series that there is, and of each further one when its first request is counted, by whichever
     * thread does that; perhaps of one twice. The listener must be quick, and must not throw.
     */
    public void eachSeries(Consumer<RequestSeries> listener) {
        listeners.add(listener);
        each((kind, histogram) -> listener.accept(series(kind, histogram)));
    }

    private void each(BiConsumer<RequestKind, Histogram> visitor) {
        unrouted.each((method, status, histogram) -> visitor.accept(kind(method, status, Optional.empty()), histogram));
        new TreeMap<>(routes)
                .forEach((template, series) -> series.each((method, status, histogram) ->
                        visitor.accept(kind(method, status, Optional.of(template)), histogram)));
    }

    /**
     * How long requests took, as counted so far. Requests may go on meanwhile: each is in all of a histogram's figures
     * or in none.
     */
    public MetricFamily durations() {
        var samples = new ArrayList<MetricFamily.Sample>();
        each((kind, histogram) -> histogram.addTo(samples, kind.labels()));
        return new MetricFamily(
                "http_server_request_duration_seconds",
                MetricFamily.Kind.HISTOGRAM,
                "seconds",
                "From a request's head to the last byte of its answer.",
                samples);
    }

    /** How many requests are under way. */
    public MetricFamily underWay() {
        var samples = new ArrayList<MetricFamily.Sample>();
        for (int i = 0; i < active.length; i++) {
            // one thread may have added what another took away, between the adders' cells
            long count = Math.max(0, active[i].sum());
            samples.add(new MetricFamily.Sample("", Labels.of(RequestKind.METHOD, MethodLabels.text(i)), count));
        }
        return new MetricFamily(
                "http_server_active_requests",
                MetricFamily.Kind.GAUGE,
                "",
                "Requests that are under way, from their head to the last byte of their answer.",
                samples);
    }
}
