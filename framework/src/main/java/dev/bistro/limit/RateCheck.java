package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Several limits of the rate of requests, each of which can refuse one. A refused request counts for none of them,
 * unless two come at the same moment.
 *
 * @param shared what the instances of the application count by together; empty if each counts for itself
 */
record RateCheck(List<Limit> limits, Optional<SharedRates> shared) implements MessageLimit {
    /** A limit with what it counts by. */
    record Limit(RateLimiter limiter, RateLimitKey key) {}

    RateCheck {
        limits = List.copyOf(limits);
    }

    /** Whether it may have to wait for what instances share. */
    boolean mayWait() {
        return shared.isPresent() && !limits.isEmpty();
    }

    /** Counts a request; if it is one too many, the exception to answer with. */
    Optional<HttpException> check(Request request) {
        String[] keys = keys(request);
        return check(keys, false).or(() -> shared.isPresent() ? checkShared(keys, shared.get()) : check(keys, true));
    }

    /** What is known already to be one too many; counts nothing, and never waits. */
    Optional<HttpException> known(Request request) {
        return check(keys(request), false);
    }

    private String[] keys(Request request) {
        String[] keys = new String[limits.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = limits.get(i).key.of(request).orElse(null);
        }
        return keys;
    }

    /** Counts by what instances share, and keeps in mind what it says; by this instance alone if it is away. */
    private Optional<HttpException> checkShared(String[] keys, SharedRates together) {
        int[] counted =
                IntStream.range(0, keys.length).filter(i -> keys[i] != null).toArray();
        if (counted.length == 0) {
            return Optional.empty();
        }
        List<RateStore.Bucket> buckets = Arrays.stream(counted)
                .mapToObj(i -> limits.get(i).limiter.bucket(keys[i]))
                .toList();
        long[] asked = limits.stream().mapToLong(limit -> limit.limiter.now()).toArray();
        Optional<RateStore.Taken> taken = together.take(buckets);
        if (taken.isEmpty()) {
            return check(keys, true);
        }
        long longest = 0;
        RateLimiter refusing = null;
        for (int i = 0; i < counted.length; i++) {
            long lack = taken.get().lackNanos().get(i);
            RateLimiter limiter = limits.get(counted[i]).limiter;
            limiter.note(keys[counted[i]], asked[counted[i]], lack);
            long wait = buckets.get(i).waitNanos(lack);
            if (!taken.get().isAllowed() && (refusing == null || wait > longest)) {
                longest = wait;
                refusing = limiter;
            }
        }
        return refusing == null ? Optional.empty() : Optional.of(tooMany(refusing.rate(), longest));
    }

    @Override
    public Optional<HttpException> refusal(Request opening) {
        return check(opening);
    }

    private Optional<HttpException> check(String[] keys, boolean take) {
        long longest = 0;
        RateLimiter refusing = null;
        for (int i = 0; i < keys.length; i++) {
            RateLimiter limiter = limits.get(i).limiter;
            long wait = keys[i] == null ? 0 : take ? limiter.take(keys[i]) : limiter.waiting(keys[i]);
            if (wait > longest) {
                longest = wait;
                refusing = limiter;
            }
        }
        return refusing == null ? Optional.empty() : Optional.of(tooMany(refusing.rate(), longest));
    }

    private static HttpException tooMany(Rate rate, long waitNanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        long seconds = Math.max(1, (waitNanos + second - 1) / second);
        return new HttpException(Status.TOO_MANY_REQUESTS, "Too many requests: " + rate.text() + " are allowed here.")
                .withHeader("Retry-After", Long.toString(seconds));
    }
}
