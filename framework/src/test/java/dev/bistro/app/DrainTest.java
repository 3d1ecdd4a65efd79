package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time in which a server that is to stop still accepts and answers. */
@Timeout(60)
class DrainTest {
    @Route("/")
    static final class Hello {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        @Get("/hello")
        String hello() {
            return "hello";
        }

        @Get("/slow")
        String slow() throws InterruptedException {
            entered.countDown();
            leave.await();
            return "slow";
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(DrainTest.class)
                .classes(Hello.class)
                .set("server.host", "127.0.0.1")
                .set("server.stop-timeout", "1h")
                .set("health.enabled", "true")
                .set("management.port", "0")
                .port(0);
    }

    private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CLOSED = "\r\nConnection: close\r\n";

    /** Stops it on another thread, and returns when it has begun to. */
    private static Thread beginStop(Server server) throws InterruptedException {
        try (CapturedLog log = CapturedLog.of("dev.bistro.Bistro", Level.INFO)) {
            var thread = new Thread(server::close);
            thread.start();
            log.await("Not ready any more");
            return thread;
        }
    }

    @Test
    void answersAndSaysThatItCloses() throws Exception {
        Server server = app().set("server.drain-delay", "30m").start();
        Hello hello = server.get(Hello.class);
        try (var idle = new RawClient(server.address());
                var kept = new RawClient(server.address());
                var slow = new RawClient(server.address())) {
            assertFalse(kept.send(HELLO).readResponse().contains(CLOSED));
            assertFalse(idle.send(HELLO).readResponse().contains(CLOSED));
            slow.send(HELLO.replace("hello", "slow"));
            hello.entered.await();

            Thread stop = beginStop(server);
            String ready = RawClient.exchange(server.address(), HELLO.replace("/hello", "/health/ready"));
            assertTrue(ready.startsWith("HTTP/1.1 503 ") && ready.contains(CLOSED), ready);
            String live = RawClient.exchange(server.address(), HELLO.replace("/hello", "/health/live"));
            assertTrue(live.startsWith("HTTP/1.1 200 "), live);
            String details = RawClient.exchange(
                    server.managementAddress().orElseThrow(),
                    HELLO.replace("/hello", "/health/ready").replace("Host: a", "Host: a\r\nConnection: close"));
            assertTrue(details.contains("\"reason\":\"It is stopping\""), details);
            String fresh = RawClient.exchange(server.address(), HELLO);
            assertTrue(fresh.startsWith("HTTP/1.1 200 ") && fresh.contains(CLOSED), fresh);
            String last = kept.send(HELLO).readToEnd();
            assertTrue(last.startsWith("HTTP/1.1 200 ") && last.contains(CLOSED), last);
            String old =
                    kept.socket().isClosed() ? "" : RawClient.exchange(server.address(), HELLO.replace("1.1", "1.0"));
            assertTrue(old.startsWith("HTTP/1.1 200 "), old);

            hello.leave.countDown();
            String begun = slow.readToEnd();
            assertTrue(begun.endsWith("slow") && begun.contains(CLOSED), begun);

            var second = new Thread(server::close); // ends the delay
            second.start();
            assertEquals("", idle.readToEnd(), "idle ones are closed after the listener");
            second.join();
            stop.join();
            assertThrows(IOException.class, () -> new RawClient(server.address()));
        }
    }

    @Test
    void managementClosesLast() throws Exception {
        try (Server server = app().set("server.drain-delay", "30m").start();
                var slow = new RawClient(server.address())) {
            Hello hello = server.get(Hello.class);
            slow.send(HELLO.replace("hello", "slow"));
            hello.entered.await();
            Thread stop = beginStop(server);
            var second = new Thread(server::close);
            second.start();
            awaitClosed(server);

            String ready = RawClient.exchange(
                    server.managementAddress().orElseThrow(),
                    "GET /health/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(ready.startsWith("HTTP/1.1 503 "), ready);
            hello.leave.countDown();
            assertTrue(slow.readToEnd().endsWith("slow"));
            stop.join();
            second.join();
            assertThrows(
                    IOException.class,
                    () -> new RawClient(server.managementAddress().orElseThrow()));
        }
    }

    /** Returns when nobody listens on the main port any more. */
    private static void awaitClosed(Server server) {
        try {
            while (true) {
                new RawClient(server.address()).close();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void endsByItself() throws Exception {
        Server server = app().set("server.drain-delay", "50ms").start();
        try (var idle = new RawClient(server.address())) {
            idle.send(HELLO).readResponse();
            server.close();
            assertEquals("", idle.readToEnd());
        }
    }

    @Test
    void isNoLongerThanTheTimeOfTheStop() throws Exception {
        Server server = app().set("server.drain-delay", "30m").start();
        server.stop(Duration.ofMillis(20));
        assertThrows(IOException.class, () -> new RawClient(server.address()));
        Server other = app().set("server.drain-delay", "30m").start();
        other.stop(Duration.ZERO);
    }

    @Test
    void isLeftOutWithinTheProcess() {
        app().set("server.drain-delay", "30m").startInProcess().close();
    }

    @ParameterizedTest
    @CsvSource({"10s, 10s, false", "11s, 10s, false", "9s, 10s, true", "0s, 0s, true", "1ms, 0s, false"})
    void isShorterThanTheTimeOfAStop(String delay, String timeout, boolean isRight) {
        var builder = app().set("server.drain-delay", delay).set("server.stop-timeout", timeout);
        if (isRight) {
            builder.startInProcess().close();
        } else {
            String message =
                    assertThrows(StartupException.class, builder::start).getMessage();
            assertTrue(message.contains("drain-delay has to be shorter than stop-timeout"), message);
            assertTrue(message.contains("\"server.drain-delay\" is \"" + delay + "\""), message);
        }
    }
}
