package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;

/** The settings whose keys begin with {@code metrics.}. */
@Config("metrics")
@Description("the figures of the running server")
record MetricsSettings(
        @Description("whether requests are counted, and /metrics is served on the main port, for Prometheus")
        @DefaultValue("false")
        boolean enabled) {
    /** What holds where nothing is set. */
    static final MetricsSettings DEFAULTS = new MetricsSettings(false);
}
