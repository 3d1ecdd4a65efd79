package dev.bistro;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Setting;
import dev.bistro.config.Settings;
import dev.bistro.data.pool.PoolLibrary;
import dev.bistro.data.redis.RedisLibrary;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The records of Bistro's own settings. Each is empty if its settings have faults, which are problems then. */
record OwnSettings(
        Optional<ServerSettings> server,
        Optional<BistroSettings> bistro,
        Optional<SecuritySettings> security,
        Optional<SessionSettings> session,
        Optional<JsonSettings> json,
        Optional<ValidationSettings> validation,
        Optional<OpenApiSettings> openApi,
        Optional<MetricsSettings> metrics,
        Optional<HealthSettings> health,
        Optional<ManagementSettings> management,
        Optional<DatabaseSettings> database,
        Optional<FeedsSettings> feeds,
        Optional<LimitsSettings> limits,
        Optional<RedisSettings> redis) {
    /** The types of the records, in the order in which they are described. */
    static final List<Class<?>> TYPES = List.of(
            ServerSettings.class,
            BistroSettings.class,
            SecuritySettings.class,
            SessionSettings.class,
            JsonSettings.class,
            ValidationSettings.class,
            OpenApiSettings.class,
            MetricsSettings.class,
            HealthSettings.class,
            ManagementSettings.class,
            DatabaseSettings.class,
            FeedsSettings.class,
            LimitsSettings.class,
            RedisSettings.class);

    /** How those are made that every start reads. */
    static final Map<Class<?>, Function<Map<String, Object>, Object>> MAKERS = Map.of(
            ServerSettings.class, ComponentValues.maker(ServerSettings::of),
            ServerTlsSettings.class, ComponentValues.maker(ServerTlsSettings::of),
            ServerProxySettings.class, ComponentValues.maker(ServerProxySettings::of),
            ServerWebSocketSettings.class, ComponentValues.maker(ServerWebSocketSettings::of));

    private static final String MANAGEMENT = "management.port";
    private static final Settings NONE = new Settings.Builder(new Problems()).build();

    static OwnSettings read(ConfigRecords records, Settings settings) {
        return new OwnSettings(
                records.read(ServerSettings.class, settings),
                read(BistroSettings.DEFAULTS, records, settings),
                read(SecuritySettings.DEFAULTS, records, settings),
                read(SessionSettings.DEFAULTS, records, settings),
                read(JsonSettings.DEFAULTS, records, settings),
                read(ValidationSettings.DEFAULTS, records, settings),
                feature(OpenApiSettings.DEFAULTS, records, settings, "openapi.enabled", "openapi.docs", "bistro.dev"),
                feature(MetricsSettings.DEFAULTS, records, settings, "metrics.enabled"),
                feature(HealthSettings.DEFAULTS, records, settings, "health.enabled"),
                feature(ManagementSettings.DEFAULTS, records, settings),
                database(records, settings),
                store(FeedsSettings.DEFAULTS, "feeds.store", records, settings),
                store(LimitsSettings.DEFAULTS, "limits.store", records, settings),
                redis(records, settings));
    }

    /** A record; its type is inspected only if something is set. */
    private static <R extends Record> Optional<R> read(R defaults, ConfigRecords records, Settings settings) {
        @SuppressWarnings("unchecked") // a record has no subclasses
        var type = (Class<R>) defaults.getClass();
        return records.isSet(type, settings) ? records.read(type, settings) : Optional.of(defaults);
    }

    /** Without the library of the pool, settings with the application's own prefix aren't meant for Bistro. */
    private static Optional<DatabaseSettings> database(ConfigRecords records, Settings settings) {
        boolean isRead = PoolLibrary.isThere() || !records.sharesPrefix(DatabaseSettings.class);
        return read(DatabaseSettings.DEFAULTS, records, isRead ? settings : NONE);
    }

    /**
     * The settings of what may be in a store. Those with the application's own prefix aren't meant for Bistro unless
     * this one is there.
     */
    private static <R extends Record> Optional<R> store(
            R defaults, String key, ConfigRecords records, Settings settings) {
        boolean isRead = isSet(key, settings) || !records.sharesPrefix(defaults.getClass());
        return read(defaults, records, isRead ? settings : NONE);
    }

    /** Without its library, settings with the application's own prefix aren't meant for Bistro. */
    private static Optional<RedisSettings> redis(ConfigRecords records, Settings settings) {
        boolean isRead = RedisLibrary.isThere() || !records.sharesPrefix(RedisSettings.class);
        return read(RedisSettings.DEFAULTS, records, isRead ? settings : NONE);
    }

    /**
     * The settings of a feature that may be off. Where it is, and the application has settings of its own with the same
     * prefix, none of them is read as one of Bistro's: that there is such a feature changes nothing for it.
     *
     * @param switches the settings that turn it on, besides the port of the management listener
     */
    private static <R extends Record> Optional<R> feature(
            R defaults, ConfigRecords records, Settings settings, String... switches) {
        boolean isOn = isSet(MANAGEMENT, settings);
        for (String key : switches) {
            isOn |= isTrue(key, settings);
        }
        boolean isRead = isOn || !records.sharesPrefix(defaults.getClass());
        return read(defaults, records, isRead ? settings : NONE);
    }

    private static boolean isTrue(String key, Settings settings) {
        return text(key, settings).equals("true");
    }

    private static boolean isSet(String key, Settings settings) {
        return !text(key, settings).isEmpty();
    }

    /** A setting's text; empty if there is none. */
    private static String text(String key, Settings settings) {
        try {
            Optional<Setting> found = settings.find(key);
            return found.isPresent() ? found.get().value().strip() : "";
        } catch (StartupException faulty) {
            return "true"; // a placeholder is wrong, which is a problem when the record is read
        }
    }

    /** The address of Redis, whatever else is wrong with its settings; empty if there is none. */
    static Optional<String> redisUrl(Settings settings) {
        return Optional.of(text("redis.url", settings)).filter(url -> !url.isEmpty());
    }

    /** The languages of constraints' messages; none for all that there are. */
    List<Locale> locales() {
        return validation.isPresent() ? validation.get().locales() : List.of();
    }

    Optional<SecurityAssembly> securityAssembly() {
        return security.isPresent() && server.isPresent()
                ? Optional.of(new SecurityAssembly(security.get(), server.get().webSocketOrigins()))
                : Optional.empty();
    }
}
