package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.MetricFamily;
import dev.bistro.metrics.RequestMetrics;
import dev.bistro.types.OptionalClass;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether Micrometer is there. Uses no class of it by itself, so that it works without. */
public final class Micrometer {
    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private Micrometer() {}

    /** The type of which the application's registries are; empty without the library. */
    public static Optional<Class<?>> registryType() {
        return OptionalClass.find(REGISTRY, Micrometer.class.getClassLoader());
    }

    /**
     * Has a registry show the figures of a server as meters.
     *
     * @param registry of the {@link #registryType}
     * @param figures gives those that aren't counted for each kind of requests
     * @param requests gives those that are
     */
    public static BoundRegistry bind(Object registry, Supplier<List<MetricFamily>> figures, RequestMetrics requests) {
        return Binding.bind(registry, figures, requests);
    }

    /** Apart, so that the library is looked for only where a registry is bound. */
    private static final class Binding {
        static BoundRegistry bind(Object registry, Supplier<List<MetricFamily>> figures, RequestMetrics requests) {
            return ServerMeters.bind((MeterRegistry) registry, figures, requests);
        }
    }
}
