package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.body.json.JsonInclusion;
import dev.bistro.body.json.JsonNaming;
import dev.bistro.body.json.JsonOptions;

/** The settings whose keys begin with {@code json.}. */
@Config("json")
@Description("how JSON is read and written")
record JsonSettings(
        @Description("how properties are named: unitPrice of a record is unit_price in snake-case")
        @DefaultValue("lower-camel-case")
        JsonNaming naming,

        @Description("which properties are written: non-null leaves out null and an empty Optional,"
                + " non-empty also empty texts, arrays and objects")
        @DefaultValue("always")
        JsonInclusion inclusion,

        @Description("whether a body with a property that nobody knows is a 422; such a property is ignored otherwise")
        @DefaultValue("false")
        boolean failOnUnknownProperties,

        @Description("whether all modules of Jackson on the class path are used") @DefaultValue("true")
        boolean findModules) {
    /** What holds where nothing is set. */
    static final JsonSettings DEFAULTS =
            new JsonSettings(JsonNaming.LOWER_CAMEL_CASE, JsonInclusion.ALWAYS, false, true);

    JsonOptions options() {
        return new JsonOptions(naming, inclusion, failOnUnknownProperties);
    }
}
