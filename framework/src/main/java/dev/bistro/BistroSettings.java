package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import dev.bistro.http.CookieSigner;
import java.util.List;
import java.util.Optional;

/** The settings whose keys begin with {@code bistro.}. */
@Config("bistro")
@Description("what Bistro does for the application")
record BistroSettings(
        @Description("development mode: errors show the routes that were nearly meant, and causes")
        @DefaultValue("false")
        boolean dev,

        @Description(
                "clients that ask for a path with several slashes in a row are sent to the one with single slashes")
        @DefaultValue("false")
        boolean mergeSlashes,

        @Description("which profiles are on, with commas: prod adds application-prod.properties;"
                + " of several the last is the strongest")
        List<String> profile,

        @Description(
                "what cookies are signed and sessions are encrypted with: the first signs and encrypts, all are tried"
                        + " on what comes; each of 32 bytes at least")
        List<Secret> cookieSecrets) {
    /** What holds where nothing is set. */
    static final BistroSettings DEFAULTS = new BistroSettings(false, false, List.of(), List.of());

    /** Checks that the secrets can sign. */
    BistroSettings {
        if (!cookieSecrets.isEmpty()) {
            signer(cookieSecrets);
        }
    }

    private static CookieSigner signer(List<Secret> secrets) {
        return CookieSigner.of(secrets.stream().map(Secret::reveal).toList());
    }

    /** Signs cookies; empty if there is no secret to sign with. */
    Optional<CookieSigner> cookieSigner() {
        return cookieSecrets.isEmpty() ? Optional.empty() : Optional.of(signer(cookieSecrets));
    }
}
