package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.startup.Problems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Opens the TLS of servers whose files are looked at only when a test says so. */
final class TestTls {
    private static final Duration NEVER = Duration.ofDays(1);

    private TestTls() {}

    static ServerTls open(Settings settings) {
        return open(settings, Clock.systemUTC());
    }

    static ServerTls open(Settings settings, Clock clock) {
        var problems = new Problems();
        var tls = ServerTls.open(settings.tls(), problems, clock, NEVER);
        assertEquals(List.of(), problems.found());
        return tls.orElseThrow();
    }

    static Problems faults(TlsSettings settings) {
        var problems = new Problems();
        assertEquals(Optional.empty(), ServerTls.open(settings, problems, Clock.systemUTC(), NEVER));
        return problems;
    }

    /** A clock that a test sets. */
    static final class SetClock extends Clock {
        private volatile Instant now;

        SetClock(Instant now) {
            this.now = now;
        }

        void set(Instant to) {
            now = to;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
