package dev.bistro.body.json;

/**
 * How an application's JSON differs from the usual one.
 *
 * @param naming how properties are named
 * @param inclusion which properties are written
 * @param failOnUnknownProperties whether a property that the type doesn't have makes a body unfit
 */
public record JsonOptions(JsonNaming naming, JsonInclusion inclusion, boolean failOnUnknownProperties) {
    /** The usual JSON. */
    public static final JsonOptions DEFAULTS =
            new JsonOptions(JsonNaming.LOWER_CAMEL_CASE, JsonInclusion.ALWAYS, false);
}
