package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;

/** The settings whose keys begin with {@code security.}. */
@Config("security")
@Description("who may do what")
record SecuritySettings(
        @Description("requests that pages of other sites forge")
        SecurityCsrfSettings csrf,

        @Description("what pages of other origins may do") SecurityCorsSettings cors,

        @Description("header fields of answers") SecurityHeadersSettings headers,

        @Description("what a route is to those who haven't logged in, if nothing says who may call it:"
                + " allow, or deny, which is for static files too")
        @DefaultValue("allow")
        Default default_,

        @Description("logins that fail") SecurityLoginSettings login,

        @Description("logins by JSON Web Tokens") SecurityJwtSettings jwt) {
    /** What holds where nothing is set. */
    static final SecuritySettings DEFAULTS = new SecuritySettings(
            SecurityCsrfSettings.DEFAULTS,
            SecurityCorsSettings.DEFAULTS,
            SecurityHeadersSettings.DEFAULTS,
            Default.ALLOW,
            SecurityLoginSettings.DEFAULTS,
            SecurityJwtSettings.DEFAULTS);

    /** What holds where nothing is said. */
    enum Default {
        ALLOW,
        DENY
    }

    /** Checks that all are within bounds. */
    SecuritySettings {
        var faults = new SettingFaults();
        csrf.check(faults);
        cors.check(faults);
        login.check(faults);
        jwt.check(faults);
        faults.throwIfAny();
    }

    boolean deniesByDefault() {
        return default_ == Default.DENY;
    }
}
