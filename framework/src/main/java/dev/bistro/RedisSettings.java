package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import java.time.Duration;
import java.util.Optional;

/** The settings whose keys begin with {@code redis.}. */
@Config("redis")
@Description("Redis")
record RedisSettings(
        @Description("where Redis is, for what is to be in it: redis://user:password@host:6379/0, or rediss:// for TLS")
        Optional<Secret> url,

        @Description("who logs in, in place of who is in the URL")
        Optional<String> user,

        @Description("the user's password, or the one of all")
        Optional<Secret> password,

        @Description("how long an answer may take, and how long a connection") @DefaultValue("2s")
        Duration timeout) {
    /** What holds where nothing is set. */
    static final RedisSettings DEFAULTS =
            new RedisSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(2));

    /** Checks the bounds. */
    RedisSettings {
        var faults = new SettingFaults();
        faults.addIf(
                url.isEmpty() && (user.isPresent() || password.isPresent()),
                "user and password are of no use without url");
        faults.checkTime("timeout", timeout, SettingFaults.SHORTEST);
        faults.throwIfAny();
    }
}
