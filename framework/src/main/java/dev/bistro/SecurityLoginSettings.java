package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import java.time.Duration;

/** The settings whose keys begin with {@code security.login.}. */
record SecurityLoginSettings(
        @Description("how many logins may fail from one address, or of one name, within failure-window;"
                + " 429 above it, 0 for any number")
        @DefaultValue("10")
        int maxFailures,

        @Description("the time for which failures are counted") @DefaultValue("1m")
        Duration failureWindow) {
    /** What holds where nothing is set. */
    static final SecurityLoginSettings DEFAULTS = new SecurityLoginSettings(10, Duration.ofMinutes(1));

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    void check(SettingFaults faults) {
        faults.check("login.max-failures", maxFailures, 0, 1_000_000);
        faults.checkTime("login.failure-window", failureWindow, SHORTEST);
    }
}
