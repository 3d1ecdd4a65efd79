package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.openapi.document.OpenApiVersion;
import java.util.Optional;

/** The settings whose keys begin with {@code openapi.}. */
@Config("openapi")
@Description("the description of the routes by OpenAPI")
record OpenApiSettings(
        @Description("whether /openapi.json and /openapi.yaml are served on the main port; in development mode they"
                + " are, unless it is false")
        Optional<Boolean> enabled,

        @Description("the version of the specification: 3.1, or 3.2 with the method QUERY and the items of streams")
        @DefaultValue("3.1")
        String version,

        @Description("whether there is a page at /docs to read the description and try requests; in development mode"
                + " there is, unless it is false")
        Optional<Boolean> docs) {
    /** What holds where nothing is set. */
    static final OpenApiSettings DEFAULTS = new OpenApiSettings(Optional.empty(), "3.1", Optional.empty());

    /** Checks the version. */
    OpenApiSettings {
        parse(version);
    }

    private static OpenApiVersion parse(String version) {
        return OpenApiVersion.parse(version)
                .orElseThrow(() -> new IllegalArgumentException("version must be 3.1 or 3.2, and is " + version));
    }

    OpenApiVersion specification() {
        return parse(version);
    }

    boolean isServed(boolean isDevelopment) {
        return enabled.orElse(isDevelopment);
    }

    /** A page needs the document, so that asking for it asks for both. */
    boolean hasPage(boolean isDevelopment) {
        return docs.orElse(isDevelopment && isServed(true));
    }
}
