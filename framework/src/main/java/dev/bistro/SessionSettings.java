package dev.bistro;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.ByteSize;
import dev.bistro.session.state.SessionRules;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings whose keys begin with {@code session.}. */
@Config("session")
@Description("sessions of browsers")
record SessionSettings(
        @Description("where sessions are: cookie, memory, database (that of database.url) or redis (that of redis.url),"
                + " which instances share; without it, in the application's SessionStore if it has one, and"
                + " else in the cookie")
        Optional<Place> store,

        @Description("where it is remembered which sessions in cookies have ended: memory, database or redis, which"
                + " instances share; without it, in the application's SessionRevocations if it has some, and"
                + " else in memory")
        Optional<SharedPlace> revocations,

        @Description("the cookie's name, to which __Host- is added over TLS") @DefaultValue("session")
        String cookie,

        @Description("how long after its last use a session ends, but for a tenth of it") @DefaultValue("30m")
        Duration idleTimeout,

        @Description("how long after its beginning, or the login, a session ends in any case") @DefaultValue("12h")
        Duration maxAge,

        @Description("how many sessions there are in memory: one more ends the one that was longest not used")
        @DefaultValue("100000")
        int maxSessions,

        @Description("how much memory they take, about") @DefaultValue("64MiB")
        ByteSize maxMemory) {
    /** Where sessions are, if the application says nothing else. */
    enum Place {
        COOKIE,
        MEMORY,
        DATABASE,
        REDIS
    }

    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST = 100_000_000;

    /** What holds where nothing is set. */
    static final SessionSettings DEFAULTS = new SessionSettings(
            Optional.empty(),
            Optional.empty(),
            "session",
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            100_000,
            ByteSize.parse("64MiB"));

    /** Checks the bounds. */
    SessionSettings {
        var faults = new SettingFaults();
        faults.addIf(
                !COOKIE_NAME.matcher(cookie).matches(),
                "cookie has to be a letter, and up to 63 further letters, digits, hyphens and underscores");
        faults.checkTime("idle-timeout", idleTimeout, SHORTEST);
        faults.checkTime("max-age", maxAge, SHORTEST);
        faults.addIf(idleTimeout.compareTo(maxAge) > 0, "idle-timeout can't be longer than max-age");
        faults.check("max-sessions", maxSessions, 1, MOST);
        faults.checkSize("max-memory", maxMemory, "1MiB", "1024GiB");
        faults.addIf(
                revocations.isPresent()
                        && store.filter(place -> place != Place.COOKIE).isPresent(),
                "revocations are of use only where store is cookie: elsewhere, sessions that end are removed");
        faults.throwIfAny();
    }

    /** The place of sessions that instances share; empty if it is another one. */
    Optional<SharedPlace> sharedStore() {
        return store.flatMap(place -> switch (place) {
            case COOKIE, MEMORY -> Optional.empty();
            case DATABASE -> Optional.of(SharedPlace.DATABASE);
            case REDIS -> Optional.of(SharedPlace.REDIS);
        });
    }

    SessionRules rules() {
        return new SessionRules(cookie, idleTimeout, maxAge, Clock.systemUTC());
    }
}
