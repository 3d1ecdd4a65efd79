package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.Labels;
import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricFamily.Kind;
import dev.bistro.metrics.MetricFamily.Sample;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.step.StepCounter;
import io.micrometer.core.instrument.step.StepDistributionSummary;
import io.micrometer.core.instrument.step.StepFunctionCounter;
import io.micrometer.core.instrument.step.StepFunctionTimer;
import io.micrometer.core.instrument.step.StepTimer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A meter of Micrometer's as metrics. What can't be one throws an {@link IllegalStateException}. */
final class MeterReader {
    private static final String SECONDS = "seconds";
    private static final double NANOS = 1e9;

    private final Meter.Id id;
    private final Labels labels;

    private MeterReader(Meter meter) {
        id = meter.getId();
        labels = labels(id);
    }

    /** Whether it forgets what it has counted, so that its figures are no totals. */
    static boolean isOfStep(Meter meter) {
        return meter instanceof StepCounter
                || meter instanceof StepTimer
                || meter instanceof StepDistributionSummary
                || meter instanceof StepFunctionCounter<?>
                || meter instanceof StepFunctionTimer<?>;
    }

    static List<MetricFamily> read(Meter meter) {
        var reader = new MeterReader(meter);
        String unit = Optional.ofNullable(reader.id.getBaseUnit()).orElse("");
        return meter.match(
                gauge -> reader.gauge(unit, gauge.value()),
                counter -> reader.counter(unit, counter.count()),
                timer -> reader.distribution(SECONDS, timer.takeSnapshot(), NANOS, hasTotals(timer)),
                summary -> reader.distribution(unit, summary.takeSnapshot(), 1, hasTotals(summary)),
                reader::longTasks,
                gauge -> reader.gauge(SECONDS, gauge.value(TimeUnit.SECONDS)),
                counter -> reader.counter(unit, counter.count()),
                reader::functionTimer,
                reader::measurements);
    }

    /** Whether its buckets are kept for good: those of other registries are of the last minutes. */
    private static boolean hasTotals(Meter meter) {
        return meter.getClass().getName().startsWith("io.micrometer.prometheus");
    }

    private static Labels labels(Meter.Id id) {
        var names = new HashSet<String>();
        Labels labels = Labels.NONE;
        for (Tag tag : id.getTagsAsIterable()) {
            String name = MeterNames.ofTag(tag.getKey());
            if (!names.add(name)) {
                throw new IllegalStateException(id.getName() + " has several tags that are spelt " + name);
            }
            labels = labels.and(name, tag.getValue());
        }
        return labels;
    }

    private List<MetricFamily> gauge(String unit, double value) {
        return List.of(family("", unit, Kind.GAUGE, List.of(new Sample("", labels, value))));
    }

    private List<MetricFamily> counter(String unit, double count) {
        return List.of(family("", unit, Kind.COUNTER, List.of(new Sample("_total", labels, total(count)))));
    }

    private List<MetricFamily> functionTimer(FunctionTimer timer) {
        return List.of(summary("", timer.count(), timer.totalTime(TimeUnit.SECONDS), List.of()));
    }

    private List<MetricFamily> longTasks(LongTaskTimer timer) {
        MetricFamily tasks = summary("", timer.activeTasks(), timer.duration(TimeUnit.SECONDS), List.of());
        return List.of(tasks, max(SECONDS, timer.max(TimeUnit.SECONDS)));
    }

    private MetricFamily summary(String suffix, double count, double sum, List<Sample> quantiles) {
        var samples = new ArrayList<>(quantiles);
        samples.add(new Sample("_count", labels, total(count)));
        samples.add(new Sample("_sum", labels, total(sum)));
        return family(suffix, SECONDS, Kind.SUMMARY, samples);
    }

    /**
     * A distribution with its largest value of late.
     *
     * @param scale what its values are divided by
     * @param hasTotals whether its buckets count all that there ever was
     */
    private List<MetricFamily> distribution(String unit, HistogramSnapshot now, double scale, boolean hasTotals) {
        var samples = new ArrayList<Sample>();
        double count = total(now.count());
        boolean hasBuckets = hasTotals && now.histogramCounts().length > 0;
        if (hasBuckets) {
            count = addBuckets(now, scale, samples);
        } else {
            for (var percentile : now.percentileValues()) {
                String quantile = Double.toString(percentile.percentile());
                samples.add(new Sample("", labels.and("quantile", quantile), percentile.value() / scale));
            }
        }
        samples.add(new Sample("_count", labels, count));
        samples.add(new Sample("_sum", labels, total(now.total() / scale)));
        MetricFamily all = family("", unit, hasBuckets ? Kind.HISTOGRAM : Kind.SUMMARY, samples);
        return List.of(all, max(unit, now.max() / scale));
    }

    /** Adds a sample for each bucket, and returns the count, which is that of the last. */
    private double addBuckets(HistogramSnapshot now, double scale, List<Sample> samples) {
        double most = 0;
        for (var bucket : now.histogramCounts()) {
            if (Double.isFinite(bucket.bucket()) && bucket.bucket() < Double.MAX_VALUE) {
                most = Math.max(most, bucket.count());
                String bound = Double.toString(bucket.bucket() / scale);
                samples.add(new Sample("_bucket", labels.and("le", bound), most));
            }
        }
        double count = Math.max(most, now.count()); // which is read a moment before
        samples.add(new Sample("_bucket", labels.and("le", "+Inf"), count));
        return count;
    }

    private MetricFamily max(String unit, double max) {
        return family("_max", unit, Kind.GAUGE, List.of(new Sample("", labels, max)));
    }

    /** A meter of the application's own kind: a metric for each of its measurements. */
    private List<MetricFamily> measurements(Meter meter) {
        var families = new ArrayList<MetricFamily>();
        for (Measurement measurement : meter.measure()) {
            String statistic = measurement.getStatistic().name();
            Labels named = labels.and("statistic", statistic);
            String suffix = "_" + statistic.toLowerCase(Locale.ROOT);
            String unit = Optional.ofNullable(id.getBaseUnit()).orElse("");
            families.add(
                    switch (measurement.getStatistic()) {
                        case COUNT ->
                            family(
                                    "",
                                    unit,
                                    Kind.COUNTER,
                                    List.of(new Sample("_total", named, total(measurement.getValue()))));
                        case TOTAL, TOTAL_TIME ->
                            family(
                                    "_sum",
                                    unit,
                                    Kind.COUNTER,
                                    List.of(new Sample("_total", named, total(measurement.getValue()))));
                        default ->
                            family(suffix, unit, Kind.GAUGE, List.of(new Sample("", named, measurement.getValue())));
                    });
        }
        return families;
    }

    /** What only grows is a number, and not less than zero. */
    private double total(double value) {
        if (!(value >= 0)) {
            throw new IllegalStateException(id.getName() + " counts up to " + value);
        }
        return value;
    }

    private MetricFamily family(String suffix, String unit, Kind kind, List<Sample> samples) {
        String name = MeterNames.ofMeter(id, unit);
        if (name.isEmpty()) {
            throw new IllegalStateException(id.getName() + " can't be a name");
        }
        String help = Optional.ofNullable(id.getDescription())
                .filter(text -> !text.isBlank())
                .orElse("A meter of the application.");
        return MetricFamily.of(name + suffix, kind, help, samples);
    }
}
