package dev.bistro.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** Counts the requests of each key against a rate. For any thread. */
final class RateLimiter {
    /** With keys of at most {@link #MAX_KEY_LENGTH} it is some megabytes. */
    private static final int MAX_KEYS = 32 * 1024;

    private static final int MAX_KEY_LENGTH = 64;

    private final Rate rate;
    private final LongSupplier nanos;
    private final long start;
    private final Buckets buckets;

    /** @param nanos the time, as {@link System#nanoTime} */
    RateLimiter(Rate rate, LongSupplier nanos) {
        this(rate, nanos, MAX_KEYS);
    }

    RateLimiter(Rate rate, LongSupplier nanos, int maxKeys) {
        this.rate = rate;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.buckets = new Buckets(maxKeys);
    }

    Rate rate() {
        return rate;
    }

    /** Counts a request; returns 0, or after how many nanoseconds the next one is allowed if this one isn't. */
    long take(String key) {
        return buckets.take(bounded(key), now(), rate.intervalNanos(), emptyNanos());
    }

    /** What {@link #take} would return now; counts nothing. */
    long waiting(String key) {
        return buckets.waiting(bounded(key), now(), rate.intervalNanos(), emptyNanos());
    }

    private long now() {
        return nanos.getAsLong() - start;
    }

    private long emptyNanos() {
        return rate.intervalNanos() * rate.burst();
    }

    /** A long key, which a client may have sent, takes no more memory than a short one. */
    private static String bounded(String key) {
        return key.length() <= MAX_KEY_LENGTH ? key : "long:" + digest(key);
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    int keys() {
        return buckets.size();
    }
}
