package dev.bistro.health.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bistro.health.Health;
import dev.bistro.wire.CapturedLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class HealthChecksTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();

    private HealthChecks checks(Map<String, Callable<Health>> checks, Duration timeout) {
        var builder = new HealthChecks.Builder();
        checks.forEach((name, check) -> builder.add(name, check, timeout));
        return builder.build(now::get);
    }

    private HealthChecks check(Callable<Health> check, Duration timeout) {
        return checks(Map.of("disk", check), timeout);
    }

    private static String found(HealthChecks checks) {
        Health health = checks.report().join().results().get(0).health();
        return (health.isUp() ? "UP " : "DOWN ") + health.details();
    }

    @Test
    void tellsWhatChecksFind() {
        assertEquals("UP {}", found(check(Health::up, LONG)));
        assertEquals(
                "UP {free=3, of=4}",
                found(check(() -> Health.up().with("free", 3).with("of", "4"), LONG)));
        assertEquals("DOWN {reason=full}", found(check(() -> Health.down("full"), LONG)));
        assertEquals("DOWN {reason=It returned null}", found(check(() -> null, LONG)));
        assertEquals(
                "DOWN {reason=It threw java.io.IOException}",
                found(check(
                        () -> {
                            throw new java.io.IOException("password=s3cret");
                        },
                        LONG)));
        assertEquals(
                "DOWN {reason=It threw java.lang.NoClassDefFoundError}",
                found(check(
                        () -> {
                            throw new NoClassDefFoundError("Driver");
                        },
                        LONG)));
        assertEquals(
                "DOWN {reason=It had no result within 20 ms}",
                found(check(
                        () -> {
                            new CountDownLatch(1).await();
                            return Health.up();
                        },
                        SHORT)));
    }

    @Test
    void detailsWithoutATextAreWrittenAndOnesWithoutANameAreTheChecksFault() {
        var details = new HashMap<String, String>();
        details.put("free", null);
        assertEquals("UP {free=null}", found(check(() -> new Health(true, details), LONG)));
        details.put(null, "7");
        assertEquals(
                "DOWN {reason=It threw java.lang.NullPointerException}",
                found(check(() -> new Health(true, details), LONG)));
    }

    @Test
    void aLogThatFailsHidesNoResult() {
        var failing = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                throw new NoClassDefFoundError("Encoder");
            }
        };
        var logger = (Logger) LoggerFactory.getLogger(CheckRunner.class);
        failing.start();
        logger.addAppender(failing);
        try {
            var next = new AtomicReference<Callable<Health>>(() -> Health.down("full"));
            HealthChecks checks = check(() -> next.get().call(), LONG);
            assertEquals("DOWN {reason=full}", found(checks));
            next.set(Health::up);
            now.addAndGet(SECOND);
            assertEquals("UP {}", found(checks));
        } finally {
            logger.detachAppender(failing);
        }
    }

    @Test
    void isUpIfAllAre() {
        assertTrue(checks(Map.of(), LONG).report().join().isUp());
        assertTrue(checks(Map.of("a", Health::up, "b", Health::up), LONG)
                .report()
                .join()
                .isUp());
        assertFalse(checks(Map.of("a", Health::up, "b", () -> Health.down("x")), LONG)
                .report()
                .join()
                .isUp());
    }

    @Test
    void allWhoAskMeanwhileShareARun() throws Exception {
        var count = new AtomicInteger();
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        HealthChecks checks = check(
                () -> {
                    count.incrementAndGet();
                    entered.countDown();
                    leave.await();
                    return Health.up();
                },
                LONG);
        CompletableFuture<HealthReport> first = checks.report();
        entered.await();
        now.addAndGet(5 * SECOND);
        assertSame(first, checks.report());
        leave.countDown();
        first.join();
        now.addAndGet(SECOND - 1);
        assertSame(first, checks.report(), "kept for a second from its end on");
        now.addAndGet(1);
        checks.report().join();
        assertEquals(2, count.get());
    }

    @Test
    void aCheckThatHangsHoldsUpNoOtherAndKeepsOneThread() throws Exception {
        var count = new AtomicInteger();
        var thread = new AtomicReference<Thread>();
        var leave = new CountDownLatch(1);
        var others = new AtomicInteger();
        var checks = new HealthChecks.Builder()
                .add(
                        "hanging",
                        () -> {
                            count.incrementAndGet();
                            thread.set(Thread.currentThread());
                            awaitUninterruptibly(leave);
                            return Health.up();
                        },
                        SHORT)
                .add(
                        "other",
                        () -> {
                            others.incrementAndGet();
                            return Health.up();
                        },
                        LONG)
                .build(now::get);
        for (int i = 1; i <= 50; i++) {
            List<CheckResult> results = checks.report().join().results();
            assertFalse(results.get(0).health().isUp());
            assertTrue(results.get(1).health().isUp());
            assertEquals(i, others.get());
            now.addAndGet(SECOND);
        }
        assertEquals(1, count.get());
        String still =
                checks.report().join().results().get(0).health().details().get("reason");
        assertTrue(still.matches("It has been running for \\d+ seconds"), still);
        leave.countDown();
        thread.get().join();
        now.addAndGet(SECOND);
        assertTrue(checks.report().join().isUp(), "it ended after all, and runs again");
        assertEquals(2, count.get());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                // as code does that can't be stopped
            }
        }
    }

    @Test
    void aLateCheckIsInterrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        HealthChecks checks = check(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return Health.up();
                },
                SHORT);
        assertFalse(checks.report().join().isUp());
        interrupted.await();
    }

    @Test
    void logsEachChangeOnce() {
        var next = new AtomicReference<Callable<Health>>(Health::up);
        HealthChecks checks = check(() -> next.get().call(), LONG);
        try (CapturedLog log = CapturedLog.of("dev.bistro.health", Level.INFO)) {
            run(checks, 3);
            next.set(() -> {
                throw new IllegalStateException("No space left");
            });
            run(checks, 3);
            next.set(Health::up);
            run(checks, 3);
            assertEquals(
                    List.of(
                            "The health check disk is down: {reason=It threw java.lang.IllegalStateException}",
                            "The health check disk is up again"),
                    log.messages());
            assertEquals(
                    "No space left", log.events().get(0).getThrowableProxy().getMessage());
        }
    }

    private void run(HealthChecks checks, int times) {
        for (int i = 0; i < times; i++) {
            checks.report().join();
            now.addAndGet(SECOND);
        }
    }
}
