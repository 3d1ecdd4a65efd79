package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Config;
import dev.bistro.startup.StartupException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of an application whose prefix is that of settings of Bistro's own. */
class SharedPrefixesTest {
    /** Its timeout is none for Bistro. */
    @Config("health")
    record Health(String enabled, int timeout, String unit) {}

    @Config("limits")
    record Limits(int orders, String unit) {}

    @Config("management")
    record Management(String host, String unit) {}

    @Config("metrics")
    record Metrics(String enabled, String unit) {}

    @Config("openapi")
    record OpenApi(String version, String docs, String unit) {}

    @Config("security")
    record Security(String unit) {}

    private static BistroBuilder app(Class<?> record) {
        return Bistro.app(SharedPrefixesTest.class).classes(Routes.class, record);
    }

    @dev.bistro.annotation.Route("/")
    static final class Routes {
        @dev.bistro.annotation.Get
        String hello() {
            return "hello";
        }
    }

    static Arguments[] records() {
        return new Arguments[] {
            row(
                    Health.class,
                    builder -> builder.set("health.enabled", "perhaps").set("health.timeout", "5000"),
                    Health::unit),
            row(Limits.class, builder -> builder.set("limits.orders", "5"), Limits::unit),
            row(Management.class, builder -> builder.set("management.host", "no host"), Management::unit),
            row(Metrics.class, builder -> builder.set("metrics.enabled", "a, b"), Metrics::unit),
            row(
                    OpenApi.class,
                    builder -> builder.set("openapi.version", "2.0").set("openapi.docs", "https://docs.example"),
                    OpenApi::unit),
            row(Security.class, builder -> builder, Security::unit)
        };
    }

    private static <R> Arguments row(
            Class<R> record, Function<BistroBuilder, BistroBuilder> settings, Function<R, String> unit) {
        return Arguments.of(record, settings, unit);
    }

    @ParameterizedTest
    @MethodSource("records")
    void areTheApplicationsOwn(
            Class<?> record, Function<BistroBuilder, BistroBuilder> settings, Function<Object, String> unit) {
        String prefix = record.getAnnotation(Config.class).value();
        var builder = settings.apply(app(record)).set(prefix + ".unit", "ward");
        try (Server server = builder.startInProcess()) {
            assertEquals("ward", unit.apply(server.get(record)));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void misspeltOnesAreFoundAllTheSame(
            Class<?> record, Function<BistroBuilder, BistroBuilder> settings, Function<Object, String> unit) {
        String prefix = record.getAnnotation(Config.class).value();
        var builder = settings.apply(app(record)).set(prefix + ".unit", "ward").set(prefix + ".unti", "ward");
        String message =
                assertThrows(StartupException.class, builder::startInProcess).getMessage();
        assertTrue(message.contains("Bistro did not start: 1 problem."), message);
        assertTrue(message.contains("Did you mean \"" + prefix + ".unit\"?"), message);
    }

    @Test
    void areBistrosTooWhereTheFeatureIsOn() {
        var builder = app(Health.class)
                .set("health.enabled", "true")
                .set("health.timeout", "5000")
                .set("health.unit", "ward");
        String message =
                assertThrows(StartupException.class, builder::startInProcess).getMessage();
        assertTrue(message.contains("The setting \"health.timeout\" is \"5000\""), message);
    }
}
