package dev.bistro.metrics.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.metrics.MetricsReader;
import dev.bistro.metrics.Promtool;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.JavaCommand;
import dev.bistro.wire.RawClient;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.push.PushMeterRegistry;
import io.micrometer.core.instrument.simple.CountingMode;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries of Micrometer's: what they tell of the server, and what {@code /metrics} tells of them. */
@Timeout(60)
class MicrometerTest {
    private static final String OPEN_METRICS = "Accept: application/openmetrics-text;version=1.0.0\r\n";
    private static final String REQUESTS = "http.server.request.duration";

    @Factory
    static final class Registries {
        @Bean
        MeterRegistry meters() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(MicrometerTest.class)
                .classes(MeteredApplication.Shop.class)
                .set("server.host", "127.0.0.1")
                .set("metrics.enabled", "true")
                .port(0);
    }

    private static BistroBuilder app(MeterRegistry registry) {
        return app().with(MeterRegistry.class, registry);
    }

    private static String send(Server server, String path, String fields) throws IOException {
        return RawClient.exchange(
                server.address(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
    }

    private static String metrics(Server server, String fields) throws IOException {
        String answer = send(server, "/metrics", fields);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static Map<String, Double> samples(Server server) throws IOException {
        return MetricsReader.samples(metrics(server, ""), false);
    }

    /** A meter of each kind, with names, tags and units that Prometheus doesn't have so. */
    private static void addMeters(MeterRegistry registry) {
        Counter.builder("orders.placed")
                .tag("shop.id", "a\"b\n")
                .register(registry)
                .increment(3);
        Counter.builder("orders.placed").tag("shop.id", "c").register(registry).increment();
        Counter.builder("some_total").register(registry).increment();
        Counter.builder("sent.bytes").baseUnit("bytes").register(registry).increment(5);
        Gauge.builder("queue.size", () -> 7).description("What waits.").register(registry);
        Gauge.builder("Weird name-x/1", () -> 1).baseUnit("percent").register(registry);
        Gauge.builder("9lives", () -> 9).register(registry);
        Gauge.builder("gone.total", () -> 2).register(registry);
        TimeGauge.builder("age", () -> 3, TimeUnit.MINUTES).register(registry);
        Timer.builder("cook.time").register(registry).record(Duration.ofMillis(1500));
        Timer.builder("bake.time")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(5))
                .register(registry)
                .record(Duration.ofSeconds(2));
        DistributionSummary.builder("order.size")
                .baseUnit("bytes")
                .register(registry)
                .record(4);
        FunctionCounter.builder("fetched", registry, any -> 11).register(registry);
        FunctionTimer.builder("waited", registry, any -> 2, any -> 3000, TimeUnit.MILLISECONDS)
                .register(registry);
        Meter.builder(
                        "custom",
                        Meter.Type.OTHER,
                        List.of(
                                new Measurement(() -> 1.0, Statistic.VALUE),
                                new Measurement(() -> 2.0, Statistic.COUNT),
                                new Measurement(() -> 3.0, Statistic.MAX)))
                .register(registry);
    }

    @Test
    void theFiguresOfTheServerAreInTheRegistry() throws Exception {
        var registry = new SimpleMeterRegistry();
        try (Server server = app(registry).start()) {
            send(server, "/cart/1", "");
            send(server, "/cart/2", "");
            send(server, "/none", "");

            FunctionTimer carts = registry.get(REQUESTS)
                    .tags("http.request.method", "GET", "http.response.status_code", "200", "http.route", "/cart/{id}")
                    .functionTimer();
            assertEquals(2, carts.count());
            assertTrue(carts.totalTime(TimeUnit.SECONDS) > 0);
            assertEquals(
                    1,
                    registry.get(REQUESTS)
                            .tag("http.route", "none")
                            .functionTimer()
                            .count());
            assertEquals(
                    3,
                    registry.get("bistro.accepted.connections")
                            .functionCounter()
                            .count());
            assertEquals(
                    0,
                    registry.get("http.server.active.requests")
                            .tag("http.request.method", "GET")
                            .gauge()
                            .value());
            assertEquals(
                    "bytes", registry.get("bistro.buffered").gauge().getId().getBaseUnit());
        }
        assertEquals(List.of(), registry.getMeters(), "the registry goes on without the server");
    }

    @Test
    void aRegistryForPrometheusGivesThemTheNamesOfThePage() throws Exception {
        try (Server server = app().classes(Registries.class).start()) {
            send(server, "/cart/1", "");
            var registry = (PrometheusMeterRegistry) server.get(MeterRegistry.class);
            Map<String, Double> scraped = MetricsReader.samples(registry.scrape(), false);
            Map<String, Double> page = samples(server);

            page.keySet().removeIf(name -> name.matches("(jvm|process)_.*|.*_bucket.*|bistro_unreadable_meters"));
            page.keySet().removeIf(name -> name.contains("http_route=\"\"") || name.contains("le=\""));
            assertEquals(scraped.keySet(), page.keySet());
            Promtool.assertNoWarning(metrics(server, ""));
        }
    }

    @Test
    void usersOwnMetersAreOnThePageAsPrometheusRegistryHasThem() throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        addMeters(registry);
        Map<String, Double> scraped = MetricsReader.samples(registry.scrape(), false);
        LongTaskTimer.builder("running").register(registry).start();
        try (Server server = app(registry).start()) {
            Map<String, Double> page = samples(server);

            assertEquals(0, page.get("bistro_unreadable_meters"));
            assertEquals(1, page.get("running_seconds_count"));
            page.keySet().removeIf(name -> !scraped.containsKey(name));
            assertEquals(new TreeMap<>(scraped), new TreeMap<>(page));
            MetricsReader.samples(metrics(server, OPEN_METRICS), true);
            Promtool.assertNoWarning(metrics(server, ""));
        }
    }

    @Test
    void metersOfOtherRegistriesHaveTheSameNamesAndValues() throws Exception {
        var simple = new SimpleMeterRegistry();
        var composite = new CompositeMeterRegistry();
        composite.add(new Pushing());
        composite.add(simple);
        addMeters(composite);
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        addMeters(prometheus);
        Map<String, Double> expected = MetricsReader.samples(prometheus.scrape(), false);
        expected.keySet().removeIf(name -> name.contains("_bucket{")); // other registries forget these
        for (MeterRegistry registry : List.of(simple, composite)) {
            try (Server server = app(registry).start()) {
                Map<String, Double> page = samples(server);
                page.keySet().removeIf(name -> !expected.containsKey(name));
                assertEquals(new TreeMap<>(expected), new TreeMap<>(page));
            }
        }
    }

    /** Sends figures somewhere from time to time, and forgets them. */
    private static final class Pushing extends StepMeterRegistry {
        Pushing() {
            super(
                    new StepRegistryConfig() {
                        @Override
                        public String prefix() {
                            return "pushing";
                        }

                        @Override
                        public String get(String key) {
                            return null;
                        }
                    },
                    Clock.SYSTEM);
        }

        @Override
        protected void publish() {}

        @Override
        protected TimeUnit getBaseTimeUnit() {
            return TimeUnit.MILLISECONDS;
        }
    }

    @Test
    void whatKeepsNoTotalsIsNotOnThePage() throws Exception {
        var steps = new SimpleMeterRegistry(
                new SimpleConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }

                    @Override
                    public CountingMode mode() {
                        return CountingMode.STEP;
                    }
                },
                Clock.SYSTEM);
        PushMeterRegistry pushing = new Pushing();
        for (MeterRegistry registry : List.of(steps, pushing)) {
            registry.counter("orders").increment();
            try (Server server = app(registry).start()) {
                assertFalse(metrics(server, "").contains("orders"));
                assertEquals(
                        1,
                        registry.find("bistro.accepted.connections")
                                .functionCounters()
                                .size());
            }
        }
    }

    @Test
    void noNameIsThereTwice() throws Exception {
        var registry = new SimpleMeterRegistry();
        new JvmMemoryMetrics().bindTo(registry);
        Gauge.builder("bistro_open_connections", () -> -5).tag("whose", "mine").register(registry);
        Counter.builder("twice").register(registry).increment();
        Gauge.builder("twice", () -> 3).tag("a", "b").register(registry);
        Gauge.builder("x.y", () -> 1).register(registry);
        Gauge.builder("x_y", () -> 2).register(registry);
        Gauge.builder("tags", () -> 1).tag("a.b", "1").tag("a_b", "2").register(registry);
        Gauge.builder("...", () -> 1).register(registry);
        Gauge.builder("_total", () -> 1).register(registry);
        Timer.builder("timed")
                .tag("le", "1")
                .tag("quantile", "2")
                .publishPercentiles(0.5)
                .register(registry);
        try (Server server = app(registry).start()) {
            Map<String, Double> page = samples(server);
            MetricsReader.samples(metrics(server, OPEN_METRICS), true);

            assertEquals(4, page.get("bistro_unreadable_meters"));
            assertEquals(1, page.get("bistro_open_connections"));
            assertFalse(page.containsKey("jvm_memory_used_bytes{area=\"heap\"}"), "the application's own are finer");
            assertTrue(
                    page.keySet().stream().anyMatch(name -> name.startsWith("jvm_memory_used_bytes{area=\"heap\",id")));
            assertTrue(page.keySet().stream().anyMatch(name -> name.startsWith("jvm_threads_current")));
            assertEquals(0, page.get("timed_seconds_count{exported_le=\"1\",exported_quantile=\"2\"}"));
            Promtool.assertNoWarning(metrics(server, ""));
        }
    }

    @Test
    void aMeterThatThrowsCostsItself() throws Exception {
        var registry = new SimpleMeterRegistry();
        Meter.builder("broken", Meter.Type.OTHER, List.of(new Measurement(MicrometerTest::fail, Statistic.VALUE)))
                .register(registry);
        FunctionCounter.builder("undefined", registry, any -> Double.NaN).register(registry);
        registry.counter("orders").increment();
        try (CapturedLog log = CapturedLog.of("dev.bistro.metrics.micrometer", Level.WARN);
                Server server = app(registry).start()) {
            samples(server);
            Map<String, Double> page = samples(server);

            assertEquals(2, page.get("bistro_unreadable_meters"));
            assertEquals(1, page.get("orders_total"));
            assertEquals(1, log.messages().size(), log.messages().toString());
            assertTrue(
                    log.messages().get(0).contains("is missing in /metrics"),
                    log.messages().toString());
        }
    }

    private static Double fail() {
        throw new IllegalStateException("The backend is away");
    }

    @Test
    void aRegistryThatThrowsCostsItself() throws Exception {
        var broken = new SimpleMeterRegistry() {
            @Override
            public List<Meter> getMeters() {
                throw new IllegalStateException("No meters today");
            }
        };
        try (CapturedLog log = CapturedLog.of("dev.bistro.metrics.micrometer", Level.WARN);
                Server server = app(broken).start()) {
            assertEquals(1, samples(server).get("bistro_unreadable_meters"));
            assertTrue(
                    log.messages().get(0).contains("can't be read"),
                    log.messages().toString());
        }
    }

    @Test
    void aRegistryThatThrowsAtTheStartCostsNoServer() throws Exception {
        var broken = new CompositeMeterRegistry() {
            @Override
            public Set<MeterRegistry> getRegistries() {
                throw new IllegalStateException("No members today");
            }
        };
        try (CapturedLog log = CapturedLog.of("dev.bistro.metrics.micrometer", Level.WARN);
                Server server = app(broken).start()) {
            assertEquals(1, samples(server).get("bistro_open_connections"));
            assertTrue(
                    log.messages().get(0).contains("doesn't say what is behind it"),
                    log.messages().toString());
        }
    }

    @Test
    void aFilterThatThrowsCostsNoRequest() throws Exception {
        Consumer<Meter.Id> filter = id -> {
            if (!id.getName().equals("bistro.workers")) {
                throw new IllegalStateException("Not " + id.getName());
            }
        };
        var registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                filter.accept(id);
                return id.withTag(Tag.of("shop", "1"));
            }
        });
        try (CapturedLog log = CapturedLog.of("dev.bistro.metrics.micrometer", Level.WARN);
                Server server = app(registry).start()) {
            assertTrue(send(server, "/cart/1", "").startsWith("HTTP/1.1 200 "));
            assertTrue(registry.get("bistro.workers").tag("shop", "1").gauge().value() > 0);
            assertTrue(samples(server).keySet().stream().anyMatch(name -> name.contains("http_route=\"/cart/{id}\"")));
            assertEquals(1, log.messages().size(), log.messages().toString());
        }
    }

    @Test
    void isNotAskedWhereMetricsAreOff() throws Exception {
        var registry = new SimpleMeterRegistry();
        try (Server server = app(registry).set("metrics.enabled", "false").start()) {
            send(server, "/cart/1", "");
            assertEquals(List.of(), registry.getMeters());
        }
    }

    @Test
    void isNotLoadedWhereItIsNotThere() throws Exception {
        String classPath = JavaCommand.classPathWithout("micrometer", "hibernate-validator", "jakarta.validation-api");
        Process process = new ProcessBuilder(
                        JavaCommand.of("-Xlog:class+load", "-cp", classPath, MeteredApplication.class.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("bistro_accepted_connections_total 1"), output);
        assertTrue(output.contains("dev.bistro.metrics.micrometer.Micrometer "), "the log shows what is loaded");
        assertFalse(output.contains("io.micrometer.") || output.contains("ServerMeters"), output);
    }
}
