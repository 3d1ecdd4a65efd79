package dev.bistro;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        Optional<DatabaseSettings> database) {
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
            DatabaseSettings.class);

    static OwnSettings read(ConfigRecords records, Settings settings) {
        return new OwnSettings(
                records.read(ServerSettings.class, settings),
                records.read(BistroSettings.class, settings),
                records.read(SecuritySettings.class, settings),
                records.read(SessionSettings.class, settings),
                records.read(JsonSettings.class, settings),
                records.read(ValidationSettings.class, settings),
                records.read(OpenApiSettings.class, settings),
                records.read(MetricsSettings.class, settings),
                records.read(DatabaseSettings.class, settings));
    }

    /** The languages of constraints' messages; none for all that there are. */
    List<Locale> locales() {
        return validation.map(ValidationSettings::locales).orElse(List.of());
    }

    Optional<SecurityAssembly> securityAssembly() {
        return security.flatMap(read -> server.map(known -> new SecurityAssembly(read, known.webSocketOrigins())));
    }
}
