package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.MetricFamily;
import java.util.List;

/** A registry of the application's that shows the figures of a server. Names no class of Micrometer's. */
public interface BoundRegistry extends AutoCloseable {
    /**
     * What was read of a registry.
     *
     * @param families its meters as metrics, no two with the same name
     * @param unreadable how many meters are missing
     */
    record Reading(List<MetricFamily> families, int unreadable) {}

    /** Reads the registry's meters; those of the server may be among them. */
    Reading readMeters();

    /** Takes the meters of the server out of the registry, which may go on without it. */
    @Override
    void close();
}
