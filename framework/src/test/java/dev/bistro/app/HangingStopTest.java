package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.OnStop;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.CapturedLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The application's own code hangs, fails, or stops the server again while it stops. Everything else is stopped and
 * closed anyway.
 */
@Timeout(60)
class HangingStopTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
    private static volatile CountDownLatch release = new CountDownLatch(1);
    private static volatile Server running;

    private CapturedLog log;

    @BeforeEach
    void listen() {
        EVENTS.clear();
        release = new CountDownLatch(1);
        log = CapturedLog.of("dev.bistro", Level.WARN);
    }

    @AfterEach
    void releaseThreads() {
        log.close();
        release.countDown();
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(HangingStopTest.class).classes(classes).port(0).set("server.stop-timeout", "1ms");
    }

    /** Whatever interrupts it: it waits for the end of the test. */
    private static void hang() {
        boolean isReleased = false;
        while (!isReleased) {
            try {
                release.await();
                isReleased = true;
            } catch (InterruptedException e) {
                // so does code that hangs in earnest
            }
        }
    }

    @Singleton
    static final class Store implements AutoCloseable {
        @OnStop
        void stop() {
            EVENTS.add("stop Store");
        }

        @Override
        public void close() {
            EVENTS.add("close Store");
        }
    }

    @Singleton
    static final class HangingHook {
        @Inject
        HangingHook(Store store) {}

        @OnStop
        void flush() {
            EVENTS.add("flush");
            hang();
        }
    }

    @Test
    void leavesAHookBehindThatHangs() {
        app(HangingHook.class).start().close();
        assertEquals(List.of("flush", "stop Store", "close Store"), EVENTS);
        assertLeftBehind("HangingStopTest.HangingHook.flush()");
    }

    @Singleton
    static final class HangingPool implements AutoCloseable {
        @Inject
        HangingPool(Store store) {}

        @OnStart
        void start() {}

        @Override
        public void close() {
            EVENTS.add("close pool");
            hang();
        }
    }

    @Test
    void leavesAnObjectBehindWhoseCloseHangs() {
        app(HangingPool.class).start().close();
        assertEquals(List.of("stop Store", "close pool", "close Store"), EVENTS);
        assertLeftBehind("close() of " + HangingPool.class.getName());
    }

    @Singleton
    static final class FailingStart {
        @Inject
        FailingStart(HangingPool pool) {}

        @OnStart
        void start() {
            throw new IllegalStateException("no network");
        }
    }

    @Test
    void tellsWhyAStartFailedThoughACloseHangs() {
        var fault = assertThrows(
                StartupException.class, () -> app(FailingStart.class).start());
        assertEquals("no network", fault.getCause().getMessage());
        assertEquals(List.of("stop Store", "close pool", "close Store"), EVENTS);
        assertLeftBehind("close() of " + HangingPool.class.getName());
    }

    private void assertLeftBehind(String name) {
        List<ILoggingEvent> told = log.events().stream()
                .filter(event -> event.getFormattedMessage().contains("has not ended"))
                .toList();
        assertEquals(1, told.size(), told::toString);
        String message = told.get(0).getFormattedMessage();
        assertTrue(message.startsWith(name), message);
        StackTraceElementProxy[] stack = told.get(0).getThrowableProxy().getStackTraceElementProxyArray();
        assertTrue(
                Arrays.stream(stack)
                        .anyMatch(frame ->
                                frame.getStackTraceElement().getMethodName().equals("hang")),
                () -> Arrays.toString(stack));
    }

    @Singleton
    static final class Incomplete implements AutoCloseable {
        @Inject
        Incomplete(Store store) {}

        @OnStart
        void start() {}

        @Override
        public void close() {
            throw new NoClassDefFoundError("gone.Driver");
        }
    }

    @Test
    void closesTheRestThoughOneFailsForAMissingClass() {
        app(Incomplete.class).start().close();
        assertEquals(List.of("stop Store", "close Store"), EVENTS);
    }

    @Singleton
    static final class StopsAgain implements AutoCloseable {
        @OnStop
        void stop() {
            running.stop(Duration.ofDays(1));
            EVENTS.add("stop returned");
        }

        @Override
        public void close() {
            running.close();
            EVENTS.add("close returned");
        }
    }

    @Test
    void doesNotWaitForItselfWhenItsOwnCodeStopsItAgain() {
        running = app(StopsAgain.class).set("server.stop-timeout", "30s").start();
        running.close();
        assertEquals(List.of("stop returned", "close returned"), EVENTS);
    }
}
