package dev.bistro;

import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.security.SafeHeaders;

/** The settings whose keys begin with {@code security.headers.}. */
record SecurityHeadersSettings(
        @Description("whether answers have X-Content-Type-Options: nosniff") @DefaultValue("true")
        boolean nosniff,

        @Description("whether pages have Referrer-Policy: strict-origin-when-cross-origin, where they have none")
        @DefaultValue("true")
        boolean referrerPolicy,

        @Description("whether pages have Content-Security-Policy: frame-ancestors 'self', where they have no policy")
        @DefaultValue("true")
        boolean frameAncestors) {
    /** What holds where nothing is set. */
    static final SecurityHeadersSettings DEFAULTS = new SecurityHeadersSettings(true, true, true);

    /** The header fields. */
    SafeHeaders safeHeaders() {
        return new SafeHeaders(nosniff, referrerPolicy, frameAncestors);
    }
}
