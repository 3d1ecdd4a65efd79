package dev.bistro.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.testing.MockRequest;
import dev.bistro.wire.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When what instances share is asked, and what becomes of requests while it can't be. */
@Timeout(30)
class SharedRatesTest {
    private static final Request REQUEST = MockRequest.get("/").build();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<List<RateStore.Bucket>> asked = new ArrayList<>();
    private final CapturedLog log = CapturedLog.of("dev.bistro.limit.SharedRates", Level.INFO);
    private RateStore store;
    private final RateCheck check = new RateCheck(
            List.of(
                    new RateCheck.Limit(limiter("a", "2/s"), request -> Optional.of("key")),
                    new RateCheck.Limit(limiter("b", "100/s"), request -> request.header("X-Key"))),
            Optional.of(new SharedRates(
                    buckets -> {
                        asked.add(buckets);
                        return store.take(buckets);
                    },
                    nanos::get)));

    private RateLimiter limiter(String name, String rate) {
        return new RateLimiter(name, Rate.parse(rate, 0).orElseThrow(), nanos::get);
    }

    @AfterEach
    void close() {
        log.close();
        Thread.interrupted();
    }

    private static RateStore saying(boolean isAllowed, long... lackMillis) {
        return buckets -> RateStore.Taken.ofMicros(
                isAllowed,
                java.util.Arrays.stream(lackMillis)
                        .mapToObj(lack -> lack * 1_000)
                        .toList());
    }

    private static RateStore away() {
        return buckets -> {
            throw new IOException("nobody\n  answers");
        };
    }

    private boolean isRefused() {
        return check.check(REQUEST).isPresent();
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void doesNotAskForWhoIsKnownToHaveUsedUpHis() {
        store = saying(false, 1_000);
        Optional<HttpException> refusal = check.check(REQUEST);
        assertEquals(429, refusal.orElseThrow().status().code());
        assertEquals(Optional.of("1"), refusal.get().headers().first("Retry-After"));
        assertEquals(1, asked.size());
        assertEquals(1, asked.get(0).size()); // a request without a key has no bucket
        assertTrue(isRefused());
        assertTrue(check.known(REQUEST).isPresent());
        assertEquals(1, asked.size());
        pass(500);
        store = saying(true, 1_000);
        assertTrue(check.known(REQUEST).isEmpty());
        assertEquals(1, asked.size());
        assertTrue(!isRefused());
        assertTrue(isRefused());
        assertEquals(2, asked.size());
    }

    @Test
    void takesOneOfSeveralBucketsThatAreDistinct() {
        store = saying(true, 500, 10);
        Request keyed = MockRequest.get("/").header("X-Key", "key").build();
        assertTrue(check.check(keyed).isEmpty());
        List<RateStore.Bucket> buckets = asked.get(0);
        assertEquals(2, buckets.size());
        assertTrue(!buckets.get(0).id().equals(buckets.get(1).id()));
        assertTrue(buckets.stream().allMatch(bucket -> bucket.id().matches("[A-Za-z0-9_-]{43}")), "" + buckets);
        assertEquals(limiter("a", "2/s").bucket("key"), buckets.get(0));
    }

    @Test
    void countsAloneWhileItIsAwayAndTriesOnceASecond() {
        store = away();
        assertTrue(!isRefused());
        assertTrue(!isRefused());
        assertTrue(isRefused());
        assertEquals(1, asked.size());
        for (int second = 0; second < 59; second++) {
            pass(1_000);
            assertTrue(!isRefused());
            assertTrue(!isRefused());
        }
        assertEquals(60, asked.size());
        assertEquals(1, log.messages().size(), "" + log.messages());
        pass(1_000);
        assertTrue(!isRefused());
        assertEquals(2, log.messages().size(), "" + log.messages());
        assertEquals(
                "Each instance counts rates for itself, since what they share can't be reached (limits.store):"
                        + " nobody answers",
                log.messages().get(1));
        store = saying(true, 500);
        pass(1_000);
        assertTrue(!isRefused());
        assertEquals(
                "Rates are counted by all instances together again",
                log.messages().get(2));
        pass(1);
        int before = asked.size();
        assertTrue(!isRefused());
        assertEquals(before + 1, asked.size());
    }

    @Test
    void aRequestWhoseOwnTimeIsOverSaysNothing() {
        store = buckets -> {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        };
        assertTrue(!isRefused());
        assertTrue(Thread.interrupted());
        store = saying(true, 0);
        assertTrue(!isRefused());
        assertEquals(2, asked.size());
        assertEquals(List.of(), log.messages());
    }
}
