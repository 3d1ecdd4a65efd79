package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Several limits of the rate of requests, each of which can refuse one. A refused request counts for none of them,
 * unless two come at the same moment.
 */
record RateCheck(List<Limit> limits) implements MessageLimit {
    /** A limit with what it counts by. */
    record Limit(RateLimiter limiter, RateLimitKey key) {}

    RateCheck {
        limits = List.copyOf(limits);
    }

    /** Counts a request; if it is one too many, the exception to answer with. */
    Optional<HttpException> check(Request request) {
        String[] keys = new String[limits.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = limits.get(i).key.of(request).orElse(null);
        }
        return check(keys, false).or(() -> check(keys, true));
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
