package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.Labels.Label;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricFamily.Kind;
import dev.bistro.metrics.MetricFamily.Sample;
import dev.bistro.metrics.RequestKind;
import dev.bistro.metrics.RequestMetrics;
import dev.bistro.metrics.RequestSeries;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry of the application's that has the figures of a server as meters. All of them are functions: the registry
 * asks for the figures when it is read, and a request costs nothing for it. So the durations of requests are their
 * count and their sum here, without the buckets of {@code /metrics}.
 *
 * <p>A registry that throws, such as one with a filter of the application's that does, costs the figures that it
 * doesn't take, and never a request or the server. It is logged once.
 */
final class ServerMeters implements BoundRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ServerMeters.class);
    private static final String NONE = "none"; // all meters of a name have the same tags: Prometheus' registry wants it

    private final MeterRegistry registry;
    private final Supplier<List<MetricFamily>> figures;
    private final UserMeters userMeters;
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();
    private final Map<RequestKind, RequestSeries> requests = new ConcurrentHashMap<>();
    private final Warning refused = new Warning(LOG);

    private ServerMeters(MeterRegistry registry, Supplier<List<MetricFamily>> figures) {
        this.registry = registry;
        this.figures = figures;
        this.userMeters = new UserMeters(registry);
    }

    static ServerMeters bind(MeterRegistry registry, Supplier<List<MetricFamily>> figures, RequestMetrics requests) {
        var bound = new ServerMeters(registry, figures);
        figures.get().forEach(bound::register);
        requests.eachSeries(bound::register);
        return bound;
    }

    @Override
    public Reading readMeters() {
        return userMeters.read();
    }

    private void register(MetricFamily family) {
        for (Sample sample : family.samples()) {
            Tags tags = tags(sample);
            String name = MeterNames.ofFamily(family);
            Function<ServerMeters, Double> value = bound -> bound.value(family.name(), sample);
            if (family.kind() == Kind.COUNTER) {
                register(
                        name,
                        () -> FunctionCounter.builder(name, this, value::apply)
                                .tags(tags)
                                .baseUnit(MeterNames.unit(family))
                                .description(family.help())
                                .register(registry));
            } else if (family.kind() == Kind.GAUGE) {
                register(
                        name,
                        () -> Gauge.builder(name, this, value::apply)
                                .tags(tags)
                                .baseUnit(MeterNames.unit(family))
                                .description(family.help())
                                .register(registry));
            }
        }
    }

    /** Called for each kind of requests when the first of them is counted, and perhaps once more. */
    private void register(RequestSeries series) {
        RequestKind kind = series.kind();
        if (requests.putIfAbsent(kind, series) == null) {
            register(
                    MeterNames.REQUEST_DURATION,
                    () -> FunctionTimer.builder(
                                    MeterNames.REQUEST_DURATION,
                                    series, // which is kept here, since the registry keeps it only as long as somebody
                                    // does
                                    counted -> counted.count().getAsLong(),
                                    counted -> counted.sumNanos().getAsLong(),
                                    TimeUnit.NANOSECONDS)
                            .tag(MeterNames.METHOD, kind.method())
                            .tag(
                                    MeterNames.STATUS,
                                    kind.status().map(String::valueOf).orElse(NONE))
                            .tag(MeterNames.ROUTE, kind.route().orElse(NONE))
                            .description(
                                    "How many requests there were, and the time from their head to their last byte.")
                            .register(registry));
        }
    }

    private void register(String name, Supplier<Meter> meter) {
        try {
            registered.add(meter.get());
        } catch (RuntimeException | LinkageError fault) {
            refused.say("Micrometer's registry doesn't take " + name + ", which it goes without", fault);
        }
    }

    private static Tags tags(Sample sample) {
        return Tags.of(sample.labels().all().stream().map(ServerMeters::tag).toList());
    }

    private static Tag tag(Label label) {
        return Tag.of(MeterNames.ofLabel(label.name()), label.value());
    }

    /** What a figure is now; not a number where it is gone, such as that of a certificate. */
    private double value(String name, Sample wanted) {
        Optional<Sample> now = figures.get().stream()
                .filter(family -> family.name().equals(name))
                .flatMap(family -> family.samples().stream())
                .filter(sample -> sample.labels().equals(wanted.labels()))
                .findFirst();
        return now.map(Sample::value).orElse(Double.NaN);
    }

    @Override
    public void close() {
        for (Meter meter : registered) {
            try {
                registry.remove(meter);
            } catch (RuntimeException | LinkageError fault) {
                refused.say("Micrometer's registry keeps the meters of a server that has stopped", fault);
            }
        }
        registered.clear();
    }
}
