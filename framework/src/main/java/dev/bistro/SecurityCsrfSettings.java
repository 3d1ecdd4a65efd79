package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.security.PathSet;
import java.util.List;

/** The settings whose keys begin with {@code security.csrf.}. */
record SecurityCsrfSettings(
        @Description("whether requests that pages of other sites may have forged are refused, those for WebSockets too")
        @DefaultValue("true")
        boolean enabled,

        @Description("the paths where they aren't, as templates of filters: /hooks/{path*}")
        List<String> trustedPaths) {
    /** What holds where nothing is set. */
    static final SecurityCsrfSettings DEFAULTS = new SecurityCsrfSettings(true, List.of());

    void check(SettingFaults faults) {
        for (String path : trustedPaths) {
            PathSet.fault(path).ifPresent(fault -> faults.add("csrf.trusted-paths: " + fault));
        }
    }
}
