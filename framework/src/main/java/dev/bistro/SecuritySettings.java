package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.Description;

/** The settings whose keys begin with {@code security.}. */
@Config("security")
@Description("what keeps strangers from what isn't theirs")
record SecuritySettings(
        @Description("requests that pages of other sites forge")
        SecurityCsrfSettings csrf,

        @Description("what pages of other origins may do") SecurityCorsSettings cors,

        @Description("header fields of answers") SecurityHeadersSettings headers) {
    /** Checks the settings. */
    SecuritySettings {
        var faults = new SettingFaults();
        csrf.check(faults);
        cors.check(faults);
        faults.throwIfAny();
    }
}
