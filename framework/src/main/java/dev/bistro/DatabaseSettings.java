package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings whose keys begin with {@code database.}. */
@Config("database")
@Description("databases")
record DatabaseSettings(
        @Description("where the database is: jdbc:postgresql://host/shop, or as platforms give it in DATABASE_URL:"
                + " postgres://user:password@host/shop")
        Optional<Secret> url,

        @Description("who logs in, in place of who is in the URL")
        Optional<String> user,

        @Description("the user's password") Optional<Secret> password,

        @Description("how many connections there are at most") @DefaultValue("10")
        int poolSize,

        @Description("how many handlers may wait for a connection beside those that have one; further ones are answered"
                + " with 503 at once")
        @DefaultValue("10")
        int queue,

        @Description("how long somebody waits for a connection; 503 after it") @DefaultValue("1s")
        Duration wait_,

        @Description("how long a statement may take; 503 after it")
        Optional<Duration> queryTimeout,

        @Description("the folder of the class path with the migrations, which Flyway runs at the start if it is on the"
                + " class path")
        @DefaultValue("db/migration")
        String migrations,

        @Description("further databases by their names, each with a url, and the rest as above")
        Map<String, NamedDatabaseSettings> named) {
    /** What holds where nothing is set. */
    static final DatabaseSettings DEFAULTS = new DatabaseSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            10,
            10,
            Duration.ofSeconds(1),
            Optional.empty(),
            "db/migration",
            Map.of());

    /** Checks the bounds. */
    DatabaseSettings {
        var faults = new SettingFaults();
        faults.addIf(
                url.isEmpty() && (user.isPresent() || password.isPresent()),
                "user and password are of no use without url");
        own(url, user, password, poolSize, queue, wait_, queryTimeout, migrations)
                .ifPresent(one -> one.check("", faults));
        named.forEach((name, one) -> one.check("named." + name + ".", faults));
        faults.throwIfAny();
    }

    /** All databases, by their names; an empty one for the one that needs none. */
    Map<String, NamedDatabaseSettings> all() {
        var all = new LinkedHashMap<String, NamedDatabaseSettings>();
        own(url, user, password, poolSize, queue, wait_, queryTimeout, migrations)
                .ifPresent(one -> all.put("", one));
        all.putAll(named);
        return all;
    }

    private static Optional<NamedDatabaseSettings> own(
            Optional<Secret> url,
            Optional<String> user,
            Optional<Secret> password,
            int poolSize,
            int queue,
            Duration wait_,
            Optional<Duration> queryTimeout,
            String migrations) {
        return url.map(there -> new NamedDatabaseSettings(
                there, user, password, poolSize, queue, wait_, queryTimeout, Optional.of(migrations)));
    }
}
