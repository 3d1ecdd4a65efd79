package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.wire.CapturedLog;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.validation.Configuration;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.bootstrap.GenericBootstrap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockedStatic;

/** The startup report has no false faults, and true faults cause no further ones. */
class AccurateStartFaultsTest {
    @Route("/v2/products")
    static class Products {
        @Get
        String list() {
            return "products";
        }
    }

    private static TestClient start(Class<?>... classes) {
        return TestClient.start(Bistro.app(AccurateStartFaultsTest.class).classes(classes));
    }

    private static List<String> logged(String logger, Runnable code) {
        try (CapturedLog log = CapturedLog.of(logger, Level.INFO)) {
            code.run();
            return log.messages();
        }
    }

    // ---- filters of addresses without a route

    @Filter({"/old/{path*}", "/v1/products", "/all-products", "/feed.xml"})
    static class Moved {
        Response<?> filter(Request request, Chain chain) {
            return Response.seeOther("/v2/products");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/old", "/old/x/y", "/v1/products", "/all-products", "/feed.xml"})
    void aFilterRedirectsAddressesWithoutARoute(String path) {
        try (TestClient client = start(Products.class, Moved.class)) {
            client.get(path).send().assertRedirect("/v2/products");
            client.get("/v2/products").send().assertText("products");
        }
    }

    // ---- the start line

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "127.0.0.2"})
    void theStartLineNamesTheAddressThatIsListenedOn(String host) {
        List<String> lines = logged("dev.bistro.Bistro", () -> {
            try (Server server = Bistro.app(AccurateStartFaultsTest.class)
                    .classes(Products.class)
                    .port(0)
                    .set("server.host", host)
                    .start()) {
                String name = host.equals("127.0.0.2") ? host : "localhost";
                assertEquals(
                        "http://" + name + ":" + server.port(), server.uri().toString());
            }
        });
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches(".* listens on http://\\S+:\\d+ \\(" + host + ":\\d+\\) after .*")),
                lines::toString);
    }

    // ---- classes of libraries

    @Route("/foreign")
    static class NeedsForeign {
        @Inject
        NeedsForeign(org.slf4j.helpers.BasicMarkerFactory markers) {}

        @Get
        String get() {
            return "made";
        }
    }

    @Factory
    static class Markers {
        @Bean
        org.slf4j.helpers.BasicMarkerFactory markers() {
            return new org.slf4j.helpers.BasicMarkerFactory();
        }
    }

    static class Own {}

    @Route("/own")
    static class NeedsOwn {
        @Inject
        NeedsOwn(Own own) {}

        @Get
        String get() {
            return "made";
        }
    }

    @Test
    void aClassOfALibraryIsNotMadeInThePlaceOfABeanThatWasForgotten() {
        var fault = assertThrows(StartupException.class, () -> start(NeedsForeign.class));
        var problems = new Problems();
        fault.problems().forEach(problems::add);
        Golden.assertGolden("foreign-class", problems);
        try (TestClient client = start(NeedsForeign.class, Markers.class)) {
            client.get("/foreign").send().assertText("made");
        }
        try (TestClient client = start(NeedsOwn.class)) {
            client.get("/own").send().assertText("made");
        }
    }

    // ---- hints

    static class Counter {}

    @Singleton
    static class One {
        @Inject
        One(Counter counter, Own own) {}
    }

    @Route("/two")
    static class Two {
        @Inject
        Two(One one, Counter counter, Provider<Own> own) {}

        @Get
        void get() {}
    }

    @Test
    void tellsOfAnUnscopedClassThatSeveralPlacesAskFor() {
        List<String> lines =
                logged("dev.bistro.inject.Container", () -> start(Two.class).close());
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .startsWith("There is a AccurateStartFaultsTest.Counter for each place that asks, and 2 ask: "),
                lines::toString);
        assertTrue(lines.get(0).endsWith("@Singleton makes one for all"), lines::toString);
    }

    // ---- what is replaced

    interface Catalog {
        String name();
    }

    @Singleton
    static class RealCatalog implements Catalog {
        static final List<String> EVENTS = new CopyOnWriteArrayList<>();

        RealCatalog() {
            EVENTS.add("made");
        }

        @OnStart
        void start() {
            EVENTS.add("started");
        }

        @OnStop
        void stop() {
            EVENTS.add("stopped");
        }

        @Override
        public String name() {
            return "real";
        }
    }

    @Route("/catalog")
    static class CatalogController {
        private final Catalog catalog;

        @Inject
        CatalogController(Catalog catalog) {
            this.catalog = catalog;
        }

        @Get
        String name() {
            return catalog.name();
        }
    }

    @Test
    void whatIsGivenForAnInterfaceKeepsItsImplementationFromBeingMade() {
        RealCatalog.EVENTS.clear();
        Catalog given = () -> "given";
        var application = Bistro.app(AccurateStartFaultsTest.class)
                .classes(CatalogController.class, RealCatalog.class)
                .with(Catalog.class, given);
        try (TestClient client = TestClient.start(application)) {
            client.get("/catalog").send().assertText("given");
        }
        assertEquals(List.of(), RealCatalog.EVENTS);
        start(CatalogController.class, RealCatalog.class).close();
        assertEquals(List.of("made", "started", "stopped"), RealCatalog.EVENTS);
    }

    // ---- singletons that fail late

    @Singleton
    static class Pool implements AutoCloseable {
        static final List<String> EVENTS = new CopyOnWriteArrayList<>();

        Pool() {
            EVENTS.add("made");
        }

        @Override
        public void close() {
            EVENTS.add("closed");
        }
    }

    @Singleton
    static class LatePool extends Pool {
        @OnStart
        void start() {
            throw new IllegalStateException("no connection");
        }
    }

    @Singleton
    static class Holder {
        @Inject
        Provider<PoolPort> pool;
    }

    interface PoolPort {}

    @Factory
    static class Pools {
        @Bean
        @Singleton
        PoolPort pool() {
            return new HookedPool();
        }
    }

    static class HookedPool extends LatePool implements PoolPort {}

    @Route("/late")
    static class Late {
        private final Holder holder;

        @Inject
        Late(Holder holder) {
            this.holder = holder;
        }

        @Get
        String get() {
            return holder.pool.get().toString();
        }
    }

    @Test
    void aSingletonWhoseHookFailsLateIsClosedAndNotMadeAnewByEveryRequest() {
        Pool.EVENTS.clear();
        try (TestClient client = start(Late.class, Pools.class)) {
            for (int i = 0; i < 3; i++) {
                client.get("/late").send().assertStatus(500);
            }
            assertEquals(List.of("made", "closed"), Pool.EVENTS);
        }
        assertEquals(List.of("made", "closed"), Pool.EVENTS, "it isn't closed a second time");
    }

    // ---- what checks constraints

    @Singleton
    static class FailsAtStart {
        @OnStart
        void start() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void whatChecksConstraintsIsClosedWithTheApplicationAndWhenAStartFails() {
        ValidatorFactory real = Validation.buildDefaultValidatorFactory();
        ValidatorFactory factory = mock(ValidatorFactory.class, delegatesTo(real));
        Configuration<?> configuration = mock(
                Configuration.class, delegatesTo(Validation.byDefaultProvider().configure()));
        doReturn(factory).when(configuration).buildValidatorFactory();
        GenericBootstrap bootstrap = mock(GenericBootstrap.class);
        doReturn(configuration).when(bootstrap).configure();
        try (MockedStatic<Validation> library = mockStatic(Validation.class)) {
            library.when(Validation::byDefaultProvider).thenReturn(bootstrap);
            try (TestClient client = start(Products.class)) {
                client.get("/v2/products").send().assertStatus(200);
                verify(factory, never()).close();
            }
            verify(factory).close();
            assertThrows(StartupException.class, () -> start(Products.class, FailsAtStart.class));
            verify(factory, times(2)).close();
        }
    }

    // ---- exceptions that are one for all

    static final class OneForAll extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final OneForAll INSTANCE = new OneForAll();
    }

    @Route("/fails")
    static class Fails {
        @Get
        void get() {
            throw new IllegalStateException("anew");
        }

        @ExceptionHandler
        Response<String> failing(IllegalStateException fault) {
            throw OneForAll.INSTANCE;
        }
    }

    @Test
    void nothingPilesUpOnAnExceptionThatIsOneForAll() {
        try (TestClient client = start(Fails.class)) {
            for (int i = 0; i < 3; i++) {
                client.get("/fails").send().assertStatus(500);
            }
        }
        assertEquals(0, OneForAll.INSTANCE.getSuppressed().length);
    }

    // ---- the limits of forms

    @Route("/form")
    static class FormController {
        @Post
        String name(@FormParam String name) {
            return name;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1KiB", "64KiB"})
    void theHeadsOfAFormsPartsMayBeAsLongAsTheSettingsSay(String max) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\nX-Long: " + "x".repeat(10_000)
                + "\r\n\r\nAnn\r\n--b--\r\n";
        var application = Bistro.app(AccurateStartFaultsTest.class)
                .classes(FormController.class)
                .set("server.max-head-size", max);
        try (TestClient client = TestClient.start(application)) {
            int status = client.post("/form")
                    .body("multipart/form-data; boundary=b", body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .send()
                    .status()
                    .code();
            assertEquals(max.equals("64KiB"), status == 200, () -> "status " + status);
            assertFalse(status >= 500, () -> "status " + status);
        }
    }
}
