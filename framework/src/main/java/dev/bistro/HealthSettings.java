package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import java.time.Duration;
import java.util.Optional;

/** The settings whose keys begin with {@code health.}. */
@Config("health")
@Description("whether the server is alive and ready")
record HealthSettings(
        @Description("whether /health/live and /health/ready are served on the main port, for everybody")
        @DefaultValue("false")
        boolean enabled,

        @Description("how long a check may take that doesn't say so itself; it counts as down after it")
        @DefaultValue("2s")
        Duration timeout,

        @Description("the role of those who see there what each check has found; nobody does unless it is set")
        Optional<String> detailsRole) {
    /** What holds where nothing is set. */
    static final HealthSettings DEFAULTS = new HealthSettings(false, Duration.ofSeconds(2), Optional.empty());

    /** Checks that all are within bounds, and have an effect. */
    HealthSettings {
        var faults = new SettingFaults();
        faults.checkTime("timeout", timeout, SettingFaults.SHORTEST);
        faults.addIf(detailsRole.isPresent() && !enabled, "details-role has no effect without enabled");
        faults.throwIfAny();
    }
}
