package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.annotation.Route;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting and stopping an application within a program: hooks in their order, and nothing left behind. */
@Timeout(60)
class LifecycleTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(LifecycleTest.class).classes(classes).port(0);
    }

    private static InetSocketAddress address(Server server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String get(Server server, String path) throws IOException {
        return RawClient.exchange(address(server), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    // ---- hooks

    abstract static class Recorded implements AutoCloseable {
        @OnStart
        void start() {
            EVENTS.add("start " + getClass().getSimpleName());
        }

        @OnStop
        void stop() {
            EVENTS.add("stop " + getClass().getSimpleName());
        }

        @Override
        public void close() {
            EVENTS.add("close " + getClass().getSimpleName());
        }
    }

    @Singleton
    static final class Database extends Recorded {}

    @Singleton
    static final class Cache extends Recorded {
        @Inject
        Cache(Database database) {}

        @OnStart(order = 1)
        private void warmUp() {
            EVENTS.add("warm up");
        }
    }

    @Route("/a")
    static final class AController extends Recorded {
        @Inject
        AController(Cache cache) {}

        @Get
        String get() {
            EVENTS.add("request");
            return "a";
        }
    }

    @Singleton
    static final class Background {
        @OnStart(order = -1)
        void first() {
            EVENTS.add("first");
        }

        @OnStop(order = -1)
        void last() {
            EVENTS.add("last");
        }
    }

    @Test
    void callsHooksInTheOrderOfTheObjectsAndBackwards() throws IOException {
        try (Server server = app(AController.class, Background.class, Cache.class, Database.class)
                .start()) {
            EVENTS.add("started");
            get(server, "/a");
        }
        assertEquals(
                List.of(
                        "first",
                        "start Database",
                        "start Cache",
                        "start AController",
                        "warm up",
                        "started",
                        "request",
                        "stop AController",
                        "stop Cache",
                        "stop Database",
                        "last",
                        "close AController",
                        "close Cache",
                        "close Database"),
                EVENTS);
    }

    @Singleton
    static final class Late extends Recorded {}

    @Route("/late")
    static final class LateController {
        private final Provider<Made> late;

        @Inject
        LateController(Provider<Made> late) {
            this.late = late;
        }

        @Get
        String get() {
            return late.get().name();
        }
    }

    interface Made {
        String name();
    }

    @Factory
    static final class Makes {
        @Bean
        @Singleton
        Made made() {
            return new Made() {
                @OnStart
                void start() {
                    EVENTS.add("start late");
                }

                @OnStop
                void stop() {
                    EVENTS.add("stop late");
                }

                @Override
                public String name() {
                    return EVENTS.toString();
                }
            };
        }
    }

    @Test
    void startsWhatIsMadeLaterWhenItIsMade() throws IOException {
        try (Server server = app(LateController.class, Makes.class).start()) {
            EVENTS.add("started");
            assertTrue(get(server, "/late").endsWith("[started, start late]"));
        }
        assertEquals(List.of("started", "start late", "stop late"), EVENTS);
    }

    @Singleton
    static final class Failing extends Recorded {
        @Inject
        Failing(Database database) {}

        @Override
        @OnStart
        void start() {
            throw new IllegalStateException("no network");
        }
    }

    @Singleton
    static final class Never extends Recorded {
        @Inject
        Never(Failing failing) {}
    }

    @Test
    void aHookThatThrowsStopsWhatWasStartedAndClosesWhatWasMade() {
        var fault = assertThrows(
                StartupException.class,
                () -> app(AController.class, Never.class).start());
        assertEquals("no network", fault.getCause().getMessage());
        golden("hook-failed", fault);
        assertEquals(
                List.of(
                        "start Database",
                        "start Cache",
                        "start AController",
                        "stop AController",
                        "stop Cache",
                        "stop Database",
                        "close Never",
                        "close Failing",
                        "close AController",
                        "close Cache",
                        "close Database"),
                EVENTS);
    }

    private static void golden(String name, StartupException fault) {
        var problems = new Problems();
        fault.problems().forEach(problems::add);
        Golden.assertGolden(name, problems);
    }

    @Singleton
    static final class StopsBadly extends Recorded {
        @Override
        @OnStop
        void stop() {
            throw new IllegalStateException("at stop: to be found in the log");
        }
    }

    @Test
    void aHookThatThrowsAtTheStopKeepsNoOtherFromBeingCalled() {
        app(AController.class, StopsBadly.class, Cache.class).start().close();
        assertTrue(
                EVENTS.containsAll(List.of(
                        "stop AController", "stop Cache", "stop Database", "close StopsBadly", "close Database")),
                EVENTS::toString);
    }

    @Singleton
    static final class Misused {
        @OnStart
        static void statically() {}

        @OnStop
        void with(String text) {}

        @OnStart
        int giving() {
            return 1;
        }
    }

    @Test
    void reportsHooksThatCanNotBeCalled() {
        golden(
                "bad-hook",
                assertThrows(StartupException.class, () -> app(Misused.class).start()));
    }

    static final class Pool extends Recorded {
        private Pool(String name) {}
    }

    @Factory
    static final class Pools {
        @Bean
        Pool pool() {
            return new Pool("x");
        }
    }

    @Test
    void reportsHooksOfObjectsThatAreNotKept() {
        golden(
                "hook-without-singleton",
                assertThrows(
                        StartupException.class,
                        () -> app(Pool.class, Pools.class).start()));
    }

    /** Has {@code NeedsMissingClass}, and not what its method takes. */
    private static final class Incomplete extends ClassLoader {
        Class<?> needsGone() throws IOException {
            try (var in = NeedsMissingClass.class.getResourceAsStream("NeedsMissingClass.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(NeedsMissingClass.class.getName(), bytes, 0, bytes.length);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(NeedsMissingClass.Gone.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void reportsClassesWhoseMethodsCanNotBeLookedAt() throws IOException {
        Class<?> incomplete = new Incomplete().needsGone();
        golden(
                "class-not-loaded-hook",
                assertThrows(StartupException.class, () -> app(incomplete).start()));
    }

    // ---- servers

    @Route("/")
    static final class Waiting {
        static volatile CountDownLatch entered = new CountDownLatch(1);
        static volatile CountDownLatch released = new CountDownLatch(1);
        static volatile Server server;

        @Get("/wait")
        String waitFor() throws InterruptedException {
            entered.countDown();
            released.await();
            return "waited";
        }

        @Get("/stop")
        String stop() {
            server.stop(Duration.ofSeconds(30));
            return "stopping";
        }

        @Get("/stop-while-streaming")
        Stream<String> stopStreaming() {
            return Stream.of("before", "after").peek(text -> server.close());
        }
    }

    @BeforeEach
    void lock() {
        Waiting.entered = new CountDownLatch(1);
        Waiting.released = new CountDownLatch(1);
    }

    @Test
    void twoServersInOneProcessHaveObjectsOfTheirOwn() throws IOException {
        try (Server one = app(AController.class).start();
                Server other = app(AController.class).start()) {
            assertFalse(one.port() == other.port());
            assertFalse(one.get(AController.class) == other.get(AController.class));
            assertTrue(get(one, "/a").endsWith("a"));
            one.stop(Duration.ZERO);
            assertTrue(get(other, "/a").endsWith("a"));
        }
    }

    @Test
    void aStopWaitsForARunningRequest() throws Exception {
        Server server = app(Waiting.class).start();
        try (var client = new RawClient(address(server))) {
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            Waiting.entered.await();
            var first = stopping(server);
            var second = stopping(server);
            assertRefused(server); // it takes no more connections while it waits
            assertTrue(first.isAlive() && second.isAlive());
            Waiting.released.countDown();
            assertTrue(client.readToEnd().endsWith("waited"));
            first.join();
            second.join();
        }
    }

    private static Thread stopping(Server server) {
        var thread = new Thread(() -> server.stop(Duration.ofDays(100_000_000)));
        thread.start();
        return thread;
    }

    private static void assertRefused(Server server) throws Exception {
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), server.port())
                        .close(); // not yet; the test's timeout ends this
            } catch (ConnectException refused) {
                return;
            } catch (SocketException reset) {
                // It came into the queue of the listener while that was closed: the next one is refused.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 50})
    void aStopDoesNotWaitLongerThanItsDeadline(long millis) throws Exception {
        Server server = app(Waiting.class, Database.class).start();
        try (var client = new RawClient(address(server))) {
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
            Waiting.entered.await();
            server.stop(Duration.ofMillis(millis));
            assertTrue(EVENTS.contains("close Database"));
            assertEquals("", client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stop", "/stop-while-streaming"})
    void aRequestCanStopItsServerAndIsAnswered(String path) throws Exception {
        Server server = app(Waiting.class, StopLatch.class).start();
        Waiting.server = server;
        String response = get(server, path);
        assertTrue(response.contains("stopping") || response.contains("after"), response);
        assertTrue(StopLatch.STOPPED.tryAcquire(30, TimeUnit.SECONDS));
        server.close(); // waits until the first stop has closed everything
        assertRefused(server);
    }

    @Test
    void aRequestWithoutASocketCanStopItsServerToo() throws Exception {
        Server server = app(Waiting.class, StopLatch.class).startInProcess();
        Waiting.server = server;
        try (var client = server.connect()) {
            client.output()
                    .write("GET /stop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(client.input().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(response.endsWith("stopping"), response);
        }
        assertTrue(StopLatch.STOPPED.tryAcquire(30, TimeUnit.SECONDS));
    }

    @Singleton
    static final class StopLatch {
        static final Semaphore STOPPED = new Semaphore(0);

        @OnStop
        void stop() {
            Waiting.server.close(); // it is under way: no deadlock
            STOPPED.release();
        }
    }

    @Test
    void startsAgainOnThePortOfAServerThatStopped() throws IOException {
        int port = 0;
        for (int i = 0; i < 3; i++) {
            try (Server server = app(AController.class).port(port).start()) {
                port = server.port();
                assertTrue(get(server, "/a").endsWith("a"));
            }
        }
    }

    @Test
    void aStartThatFailsLeavesNoThreadAndNoSocket() throws Exception {
        try (var taken = new ServerSocket(0)) {
            Set<Thread> before = threads();
            int port = taken.getLocalPort();
            var fault = assertThrows(
                    StartupException.class,
                    () -> app(AController.class).port(port).start());
            assertTrue(fault.getCause() instanceof BindException, fault.toString());
            assertTrue(EVENTS.containsAll(List.of("stop Database", "close Database")), EVENTS::toString);
            assertThrows(
                    StartupException.class,
                    () -> app(AController.class, Never.class).start());
            Set<Thread> after = threads();
            after.removeAll(before);
            assertEquals(Set.of(), after);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bistro-"))
                .collect(Collectors.toSet());
    }

    @Test
    void aStopEndsAllThreads() throws Exception {
        Set<Thread> before = threads();
        Server server = app(AController.class).start();
        get(server, "/a");
        Set<Thread> during = threads();
        during.removeAll(before);
        assertFalse(during.isEmpty());
        server.close();
        for (Thread thread : during) {
            thread.join();
        }
    }

    @Test
    void saysThatItDoesNotKnowAHost() {
        golden(
                "cannot-listen-host",
                assertThrows(
                        StartupException.class,
                        () -> app(AController.class)
                                .port(80)
                                .args("--server.host=no-such-host.invalid")
                                .start()));
    }

    @Test
    void saysWhereItIsFound() throws IOException {
        try (Server server =
                app(AController.class).args("--server.host=127.0.0.1").start()) {
            assertEquals("http://localhost:" + server.port(), server.uri().toString());
        }
    }
}
