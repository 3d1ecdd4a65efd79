package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;

/** The settings whose keys begin with {@code limits.}. */
@Config("limits")
@Description("limits")
record LimitsSettings(
        @Description("where the rates of @RateLimit are counted: memory, each instance for itself; database (that of"
                + " database.url) or redis (that of redis.url), all instances together")
        @DefaultValue("memory")
        SharedPlace store) {
    /** What holds where nothing is set. */
    static final LimitsSettings DEFAULTS = new LimitsSettings(SharedPlace.MEMORY);
}
