package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.MetricFamily.Sample;
import dev.bistro.metrics.micrometer.BoundRegistry.Reading;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.push.PushMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of a registry as metrics, with the names and values that Micrometer's own registry for Prometheus would
 * give them. A meter that throws, or that has no place in the text, is left out and counted, and the others are read
 * all the same.
 */
final class UserMeters {
    private static final Logger LOG = LoggerFactory.getLogger(UserMeters.class);

    private final Optional<MeterRegistry> source;
    private final Warning unreadable = new Warning(LOG);

    UserMeters(MeterRegistry registry) {
        source = sourceSafely(registry);
        if (source.isEmpty()) {
            LOG.info(
                    "The meters of {} are not in /metrics: it keeps no totals",
                    registry.getClass().getName());
        }
    }

    private Optional<MeterRegistry> sourceSafely(MeterRegistry registry) {
        try {
            return source(registry);
        } catch (RuntimeException | LinkageError fault) {
            unreadable.say("Micrometer's registry doesn't say what is behind it, and is read itself", fault);
            return Optional.of(registry);
        }
    }

    /** The registry itself, or the first of those behind it, that keeps totals as Prometheus wants them. */
    private static Optional<MeterRegistry> source(MeterRegistry registry) {
        if (registry instanceof CompositeMeterRegistry composite) {
            return composite.getRegistries().stream()
                    .flatMap(member -> source(member).stream())
                    .findFirst();
        }
        return Optional.of(registry).filter(one -> !(one instanceof PushMeterRegistry));
    }

    Reading read() {
        var merged = new Merged();
        try {
            source.stream()
                    .flatMap(registry -> registry.getMeters().stream())
                    .filter(meter -> !MeterReader.isOfStep(meter))
                    .forEach(meter -> add(meter, merged));
        } catch (RuntimeException | LinkageError fault) {
            unreadable.say("The meters of Micrometer's registry can't be read, and are missing in /metrics", fault);
            merged.unreadable++;
        }
        return new Reading(merged.families(), merged.unreadable);
    }

    private void add(Meter meter, Merged merged) {
        try {
            merged.add(MeterReader.read(meter));
        } catch (RuntimeException | LinkageError fault) {
            String name = meter.getId().getName();
            unreadable.say("The meter " + name + " can't be read, and is missing in /metrics", fault);
            merged.unreadable++;
        }
    }

    /** Metrics by their names: several meters are one metric, if they have different tags. */
    private static final class Merged {
        private final Map<String, MetricFamily> first = new LinkedHashMap<>();
        private final Map<String, Map<List<Object>, Sample>> samples = new LinkedHashMap<>();
        private int unreadable;

        /** Adds all of a meter, or throws and adds nothing. */
        void add(List<MetricFamily> meter) {
            meter.forEach(this::require);
            meter.forEach(family -> {
                first.putIfAbsent(family.name(), family);
                Map<List<Object>, Sample> known = samples.computeIfAbsent(family.name(), name -> new LinkedHashMap<>());
                keys(family).forEach(known::put);
            });
        }

        private void require(MetricFamily family) {
            MetricFamily known = first.get(family.name());
            if (known != null && known.kind() != family.kind()) {
                throw new IllegalStateException(family.name() + " is a " + known.kind() + " and a " + family.kind());
            }
            Map<List<Object>, Sample> before = samples.getOrDefault(family.name(), Map.of());
            if (keys(family).keySet().stream().anyMatch(before::containsKey)) {
                throw new IllegalStateException(family.name() + " is there twice with the same labels");
            }
        }

        private static Map<List<Object>, Sample> keys(MetricFamily family) {
            var keys = new LinkedHashMap<List<Object>, Sample>();
            family.samples().forEach(sample -> keys.put(List.of(sample.suffix(), sample.labels()), sample));
            return keys;
        }

        List<MetricFamily> families() {
            Stream<MetricFamily> all = first.values().stream()
                    .map(family -> MetricFamily.of(
                            family.name(),
                            family.kind(),
                            family.help(),
                            List.copyOf(samples.get(family.name()).values())));
            return all.toList();
        }
    }
}
