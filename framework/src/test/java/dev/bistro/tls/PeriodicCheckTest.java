package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.wire.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is done again and again, whatever it throws. */
class PeriodicCheckTest {
    @Test
    void goesOnAfterAFaultAndTellsItOnce() throws InterruptedException {
        var checks = new CountDownLatch(5);
        try (var log = CapturedLog.of("dev.bistro.tls", Level.INFO)) {
            PeriodicCheck periodic = PeriodicCheck.start("periodic", Duration.ofMillis(1), () -> {
                checks.countDown();
                throw new StackOverflowError("too deep");
            });
            assertTrue(checks.await(30, TimeUnit.SECONDS));
            assertEquals(1, log.take("ERROR").size());
            periodic.close();
        }
    }
}
