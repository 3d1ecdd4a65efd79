package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.wire.CapturedLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestObserversTest {
    /** Fails wherever it is called. */
    private static final class Failing implements RequestObserver {
        @Override
        public void onRequest(ServerRequest request) {
            throw new IllegalStateException("onRequest");
        }

        @Override
        public Scope enter(ServerRequest request) {
            return () -> {
                throw new NoClassDefFoundError("Context");
            };
        }

        @Override
        public void onAnswered(Answered answered) {
            throw new IllegalStateException("onAnswered");
        }

        @Override
        public String toString() {
            return "Failing";
        }
    }

    /** Counts its calls. */
    private static final class Counting implements RequestObserver {
        final AtomicInteger calls = new AtomicInteger();

        @Override
        public void onRequest(ServerRequest request) {
            calls.incrementAndGet();
        }

        @Override
        public Scope enter(ServerRequest request) {
            return calls::incrementAndGet;
        }

        @Override
        public void onAnswered(Answered answered) {
            calls.incrementAndGet();
        }
    }

    @Test
    void oneThatFailsForEachRequestDoesNotFillTheLog() {
        var now = new AtomicLong(Long.MAX_VALUE - 1); // the clock may overflow
        var counting = new Counting();
        var observers = new RequestObservers(List.of(counting, new Failing(), counting), new ObserverFaults(now::get));
        try (CapturedLog log = CapturedLog.of(RequestObservers.class.getName(), Level.ERROR)) {
            tell(observers, 1_000);
            now.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
            tell(observers, 1);
            assertEquals(List.of("A request goes on unobserved: Failing failed"), log.messages());
            now.addAndGet(1);
            tell(observers, 1);
            assertEquals(
                    "A request goes on unobserved: Failing failed, after 3002 faults that weren't logged",
                    log.messages().get(1));
            assertEquals(2, log.messages().size());
        }
        assertEquals(2 * 3 * 1_002, counting.calls.get(), "all others are told all the same");
    }

    private static void tell(RequestObservers observers, int requests) {
        for (int i = 0; i < requests; i++) {
            observers.onRequest(null);
            observers.enter(null).close();
            observers.onAnswered(null);
        }
    }
}
