package dev.bistro.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.spi.ClientNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates with a clock that the test moves. */
@Timeout(30)
class RateLimiterTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may be anything, and overflows

    private RateLimiter limiter(String rate, int burst, int keys) {
        return new RateLimiter("GET /", Rate.parse(rate, burst).orElseThrow(), nanos::get, keys);
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static int taken(RateLimiter limiter, String key, int asked) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += limiter.take(key) == 0 ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        "10/s, 0, 0, 0", "10/s, 0, 99, 0", "10/s, 0, 100, 1", "10/s, 0, 550, 5", "10/s, 0, 1000, 10",
        "10/s, 0, 60000, 10", "10/s, 1, 1000, 1", "10/s, 25, 1000, 10", "10/s, 25, 9000, 25", "100/min, 0, 600, 1",
        "100/min, 0, 59999, 99", "1000/h, 0, 3600, 1", "1/d, 0, 86399999, 0", "1/d, 0, 86400000, 1"
    })
    void anEmptyBucketIsFilledEvenly(String rate, int burst, long millis, int then) {
        RateLimiter limiter = limiter(rate, burst, 1_000);
        int most = Rate.parse(rate, burst).orElseThrow().burst();
        assertEquals(most, taken(limiter, "a", most + 50));
        pass(millis);
        assertEquals(then, taken(limiter, "a", most + 50));
    }

    @Test
    void tellsExactlyWhenTheNextOneIsAllowed() {
        RateLimiter limiter = limiter("2/s", 0, 1_000);
        assertEquals(2, taken(limiter, "a", 2));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(500), limiter.take("a"));
        pass(200);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(300), limiter.waiting("a"));
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(300) - 1);
        assertEquals(1, limiter.take("a"));
        nanos.addAndGet(1);
        assertEquals(0, limiter.waiting("a"), "looking takes nothing");
        assertEquals(0, limiter.take("a"));
    }

    @Test
    void refusedRequestsTakeNothing() {
        RateLimiter limiter = limiter("1/s", 0, 1_000);
        assertEquals(1, taken(limiter, "a", 1_000));
        pass(1_000);
        assertEquals(1, taken(limiter, "a", 1_000));
    }

    @Test
    void keysCountForThemselves() {
        RateLimiter limiter = limiter("3/s", 0, 1_000);
        assertEquals(3, taken(limiter, "a", 9));
        assertEquals(3, taken(limiter, "b", 9));
    }

    @Test
    void longKeysAreToldApartAndKeptShort() {
        RateLimiter limiter = limiter("1/s", 0, 1_000);
        String long1 = "x".repeat(10_000);
        assertEquals(1, taken(limiter, long1 + "1", 5));
        assertEquals(1, taken(limiter, long1 + "2", 5));
        assertEquals(2, limiter.keys());
    }

    // ---- the table is bounded

    @Test
    void aFloodOfKeysTakesNoMoreThanTheTable() {
        RateLimiter limiter = limiter("10/min", 0, 1_024);
        for (int i = 0; i < 100_000; i++) {
            nanos.incrementAndGet();
            assertEquals(0, limiter.take("flood-" + i), "a new client is never refused");
        }
        assertTrue(limiter.keys() <= 1_024, () -> limiter.keys() + " keys");
    }

    @Test
    void aFloodDoesntFreeWhoHasUsedUpHis() {
        RateLimiter limiter = limiter("10/min", 0, 1_024);
        assertEquals(10, taken(limiter, "attacker", 20));
        for (int i = 0; i < 100_000; i++) {
            nanos.incrementAndGet();
            limiter.take("flood-" + i);
        }
        assertEquals(0, taken(limiter, "attacker", 20));
    }

    @Test
    void fullBucketsGoFirst() {
        RateLimiter limiter = limiter("10/s", 0, 64 * 8);
        for (int i = 0; i < 100_000; i++) {
            limiter.take("early-" + i);
        }
        pass(10_000);
        for (int i = 0; i < 64; i++) {
            limiter.take("late-" + i);
        }
        pass(10_000);
        for (int i = 0; i < 100_000; i++) {
            limiter.take("last-" + i);
        }
        assertTrue(limiter.keys() <= 64 * 8);
    }

    // ---- two threads at once

    @Test
    void manyThreadsTakeNoMoreThanTheBurst() throws InterruptedException {
        RateLimiter limiter = limiter("1000/min", 0, 1_024);
        int threads = 8;
        var taken = new AtomicInteger();
        var start = new CountDownLatch(threads);
        var pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            pool.execute(() -> {
                start.countDown();
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                taken.addAndGet(taken(limiter, "a", 2_000));
            });
        }
        pool.shutdown();
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(1_000, taken.get());
    }

    // ---- addresses

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "::1, 0000000000000000/64",
        "fe80::1%0, fe80000000000000/64"
    })
    void ofIpv6TheNetworkCounts(String address, String counted) throws UnknownHostException {
        assertEquals(counted, ClientNetwork.of(InetAddress.getByName(address)));
    }
}
