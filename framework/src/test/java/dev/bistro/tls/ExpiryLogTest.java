package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.tls.TestAuthority.Key;
import dev.bistro.wire.CapturedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of certificates that expire, on which day. */
class ExpiryLogTest {
    @TempDir
    static Path files;

    private static ServerCertificate month;
    private static ServerCertificate sixDays;

    @BeforeAll
    static void make() {
        month = TestAuthority.selfSigned(files.resolve("month.crt"), Key.EC, 30, "a.org")
                .read();
        sixDays = TestAuthority.selfSigned(files.resolve("six.crt"), Key.EC, 6, "a.org")
                .read();
    }

    private static Instant end(ServerCertificate certificate) {
        return certificate.certificate().getNotAfter().toInstant();
    }

    @Test
    void warnsAWeekBeforeAndTellsAnErrorAfterOnceADay() {
        try (var log = CapturedLog.of("dev.bistro.tls", Level.INFO)) {
            var expiry = new ExpiryLog();
            Instant end = end(month);
            String day = " for [a.org] expires on " + end + ", in ";
            String[] expected = new String[] {
                "P-7DT-1S  -",
                "P-7D      WARN TLS certificate " + month + day + "7 days",
                "P-6DT-1S  -",
                "P-6D      WARN TLS certificate " + month + day + "6 days",
                "P-6DT23H  -",
                "PT-1S     WARN TLS certificate " + month + day + "0 days",
                "PT0S      -",
                "PT1S      ERROR TLS certificate " + month + " for [a.org] has expired on " + end
                        + ": clients refuse it",
                "PT23H     -",
                "PT24H1S   ERROR TLS certificate " + month + " for [a.org] has expired on " + end
                        + ": clients refuse it",
                "P-3D      WARN TLS certificate " + month + day + "3 days", // the clock was set back
                "P-3DT1S   -",
            };
            for (String row : expected) {
                String[] parts = row.split(" +", 2);
                expiry.check(List.of(month), end.plus(Duration.parse(parts[0])));
                assertEquals(parts[1].equals("-") ? List.of() : List.of(parts[1]), log.take(""), row);
            }
        }
    }

    @Test
    void aShortLifeIsWarnedOfInItsLastThird() {
        try (var log = CapturedLog.of("dev.bistro.tls", Level.INFO)) {
            var expiry = new ExpiryLog();
            expiry.check(
                    List.of(sixDays), end(sixDays).minus(Duration.ofDays(2)).minusSeconds(1));
            assertEquals(List.of(), log.take(""));
            expiry.check(List.of(sixDays), end(sixDays).minus(Duration.ofDays(2)));
            assertEquals(1, log.take("WARN").size());
        }
    }

    @Test
    void isSaidOfEachCertificateAtStart() {
        var clock = new TestTls.SetClock(end(month).minus(Duration.ofDays(2)));
        try (var log = CapturedLog.of("dev.bistro.tls", Level.INFO);
                var tls = TestTls.open(
                        Settings.NONE.certificate(TestCertificate.at(files.resolve("month.crt"))), clock)) {
            assertEquals(1, log.take("WARN").size());
            tls.check();
            assertEquals(List.of(), log.take(""));
            clock.set(end(month).plusSeconds(1));
            tls.check();
            assertTrue(log.take("ERROR").get(0).contains("has expired"));
        }
    }
}
