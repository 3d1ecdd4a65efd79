package dev.bistro.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.FileUpload;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.spi.Execution;
import dev.bistro.result.StubRequest;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits wherever they may be declared, and what is wrong where they may not. */
class DeclaredPlacesTest {
    @Retention(RetentionPolicy.RUNTIME)
    @MaxBody("7B")
    @Timeout("7s")
    @ConcurrencyLimit(7)
    @RateLimit("7/h")
    @interface Limited {}

    static class OnMethod {
        @MaxBody("7B")
        @Timeout("7s")
        @ConcurrencyLimit(7)
        @RateLimit("7/h")
        public String get(String body) {
            return body;
        }
    }

    @Limited
    static class OnAnnotation {
        public String get(String body) {
            return body;
        }
    }

    static class OnAnnotationOfMethod {
        @Limited
        public String get(String body) {
            return body;
        }
    }

    @MaxBody("7B")
    @Timeout("7s")
    @ConcurrencyLimit(7)
    @RateLimit("7/h")
    static class OnClass {
        public String get(String body) {
            return body;
        }
    }

    static class OnSuperclass extends OnClass {
        @Override
        public String get(String body) {
            return body;
        }
    }

    static class Inherited extends OnMethod {}

    static class OnOverridden extends OnMethod {
        @Override
        public String get(String body) {
            return body;
        }
    }

    @Limited
    interface Guarded {}

    interface FurtherGuarded extends Guarded {}

    static class OnInterface implements FurtherGuarded {
        public String get(String body) {
            return body;
        }
    }

    interface Api<T> {
        @Limited
        T get(T body);
    }

    static class OnGeneric implements Api<String> {
        @Override
        public String get(String body) {
            return body;
        }
    }

    abstract static class Base<T> {
        @Limited
        public T get(T body) {
            return body;
        }
    }

    static class OnGenericBase extends Base<String> {}

    static class OnGenericBaseOverridden extends Base<String> {
        @Override
        public String get(String body) {
            return body;
        }
    }

    interface DefaultApi<T> {
        @Limited
        default T get(T body) {
            return body;
        }
    }

    static class OnDefault implements DefaultApi<String> {}

    static Stream<Class<?>> places() {
        return Stream.of(
                OnMethod.class,
                OnAnnotation.class,
                OnAnnotationOfMethod.class,
                OnClass.class,
                OnSuperclass.class,
                Inherited.class,
                OnOverridden.class,
                OnInterface.class,
                OnGeneric.class,
                OnGenericBase.class,
                OnGenericBaseOverridden.class,
                OnDefault.class);
    }

    private final Problems problems = new Problems();
    private final AtomicLong nanos = new AtomicLong();
    private final LimitFactory limits = new LimitFactory(
            new ServerLimits(1_000, 100, 10_000),
            Execution.NON_BLOCKING,
            type -> {
                throw new AssertionError(type);
            },
            (request, fault) -> {
                throw fault;
            },
            (text, written, place) -> Optional.of(text),
            Optional.empty(),
            nanos::get,
            (time, code) -> () -> {},
            problems);

    private RouteLimits of(Class<?> controller, String name, BodyKind body) {
        ResolvedMethod method = ResolvedMethod.allOf(controller).stream()
                .filter(one -> one.method().getName().equals(name))
                .findFirst()
                .orElseThrow();
        return limits.of(DeclaredRoute.of(Method.POST, "/", method), method, body);
    }

    private static int allowed(RouteLimits limits) {
        Request request = new StubRequest("/", Headers.empty(), "");
        int allowed = 0;
        while (allowed < 1_000 && limits.byClient().check(request).isEmpty()) {
            allowed++;
        }
        return allowed;
    }

    @ParameterizedTest
    @MethodSource("places")
    void countWhereverTheyStand(Class<?> controller) {
        RouteLimits found = of(controller, "get", BodyKind.WHOLE);
        assertEquals(OptionalLong.of(7), found.maxBodyBytes());
        assertEquals(Duration.ofSeconds(7), found.timeout().orElseThrow().time());
        var entered = new ArrayList<Object>();
        while (found.concurrency().orElseThrow().tryEnter().map(entered::add).isPresent()) {
            assertTrue(entered.size() <= 7);
        }
        assertEquals(7, entered.size());
        assertEquals(7, allowed(found));
        assertEquals(List.of(), problems.found());
    }

    @MaxBody("7B")
    @Timeout("7s")
    @ConcurrencyLimit(7)
    @RateLimit("7/h")
    static class Both {
        @MaxBody("3B")
        @Timeout("3s")
        @ConcurrencyLimit(3)
        @RateLimit("3/h")
        public void near() {}

        @RateLimit("100/h")
        @RateLimit("5/h")
        public void several() {}

        public void none() {}
    }

    @Test
    void theNearestCountsButOfRatesAll() {
        RouteLimits near = of(Both.class, "near", BodyKind.STREAM);
        assertEquals(OptionalLong.of(3), near.maxBodyBytes());
        assertEquals(Duration.ofSeconds(3), near.timeout().orElseThrow().time());
        assertEquals(3, allowed(near));
        assertEquals(4, allowed(of(Both.class, "several", BodyKind.STREAM)), "seven in all methods together");
        assertEquals(0, allowed(of(Both.class, "none", BodyKind.STREAM)));
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertEquals(5, allowed(of(Both.class, "several", BodyKind.STREAM)));
    }

    @Test
    void concurrencyIsForEachMethod() {
        Optional<?> first = of(Both.class, "none", BodyKind.STREAM).concurrency();
        Optional<?> second = of(Both.class, "several", BodyKind.STREAM).concurrency();
        assertTrue(first.orElseThrow() != second.orElseThrow());
    }

    @Test
    void aPermitIsGivenBackOnce() {
        var limiter = new ConcurrencyLimiter(2);
        var first = limiter.tryEnter().orElseThrow();
        limiter.tryEnter().orElseThrow();
        assertTrue(limiter.isBusy());
        first.release();
        first.release();
        first.release();
        assertEquals(1, limiter.underWay());
    }

    // ---- faults

    @Route("/bad")
    @RateLimit("many/s")
    @ConcurrencyLimit(0)
    @MaxBody("much")
    static class Bad {
        @Post("/size")
        @MaxBody("2 megs")
        public void size(@Body String text) {}

        @Post("/overflow")
        @MaxBody("99999999999GB")
        public void overflow(@Body String text) {}

        @Post("/time")
        @Timeout("2 seconds")
        public void time() {}

        @Post("/long")
        @Timeout("999999999d")
        public void longer() {}

        @Post("/none")
        @Timeout("0s")
        @RateLimit(value = "10/s", burst = -1)
        public void none() {}
    }

    @Route("/large")
    static class Large {
        @Post("/whole")
        @MaxBody("2GiB")
        public void whole(@Body String text) {}

        @Post("/form")
        @MaxBody("3MB")
        public void form(@FormParam String text) {}

        @Post("/files")
        @MaxBody("200MiB")
        public void files(@FormParam FileUpload file) {}

        @Post("/stream")
        @MaxBody("9000GiB")
        public void stream(InputStream any) {}
    }

    @Route("/useless")
    static class Useless {
        @Get
        @MaxBody("2kB")
        public String get() {
            return "";
        }

        @RateLimit("1/s")
        @RateLimit("10/min")
        public void helper() {}
    }

    interface Messages {
        @Timeout("1s")
        @RateLimit("1/s")
        void message(String text);
    }

    @WebSocket("/socket")
    @MaxBody("2kB")
    @Timeout("1s")
    @ConcurrencyLimit(1)
    @RateLimit("1/s")
    static class Socket implements Messages {
        @Override
        @OnMessage
        @MaxBody("2kB")
        public void message(String text) {}

        @OnOpen
        @RateLimit("1/s")
        public void open() {}
    }

    @Timeout("1s")
    static class NoController {}

    @StaticFiles(from = "classpath:/static/site")
    @RateLimit("1/s")
    static class Files {}

    @Route("/loop")
    static class OnLoop {
        @Get
        @NonBlocking
        @Timeout("1s")
        public String get() {
            return "";
        }
    }

    @Route("/keys")
    static class Keys {
        @Get("/none")
        @RateLimit(value = "1/s", key = String.class)
        public String none() {
            return "";
        }

        @Get("/both")
        @RateLimit(value = "1/s", key = AnyKey.class, by = RateLimit.By.USER)
        public String both() {
            return "";
        }
    }

    static final class AnyKey implements dev.bistro.http.RateLimitKey {
        @Override
        public Optional<String> of(Request request) {
            return Optional.empty();
        }
    }

    private static Problems faults(Class<?>... classes) {
        var found = new Problems();
        ApplicationClasses application = ApplicationClasses.of(Arrays.asList(classes), found);
        new DispatcherFactory(StandardCodecs.create(), found)
                .addStaticFiles(classes[0])
                .create(application.controllers(), type -> {
                    throw new AssertionError("No object is made where something is wrong: " + type);
                });
        return found;
    }

    @Test
    void whatCantBeReadIsAFault() {
        Golden.assertGolden("bad-limit", faults(Bad.class));
    }

    @Test
    void moreThanTheServerTakesIsAFault() {
        Golden.assertGolden("max-body-above-server", faults(Large.class));
    }

    @Test
    void whatLimitsNothingIsAFault() {
        Golden.assertGolden("useless-limit", faults(Files.class, Useless.class, Socket.class, NoController.class));
    }

    @Test
    void aTimeoutOnTheLoopIsAFault() {
        Golden.assertGolden("timeout-on-loop", faults(OnLoop.class));
    }

    @Test
    void whatGivesNoKeyIsAFault() {
        Golden.assertGolden("bad-rate-limit-key", faults(Keys.class));
    }
}
