package dev.bistro.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** Counts the requests of each key against a rate. For any thread. */
final class RateLimiter {
    /** With keys of at most {@link #MAX_KEY_LENGTH} it is some megabytes. */
    private static final int MAX_KEYS = 32 * 1024;

    private static final int MAX_KEY_LENGTH = 64;

    private final String name;
    private final Rate rate;
    private final LongSupplier nanos;
    private final long start;
    private final Buckets buckets;

    /**
     * A limiter that nobody has asked yet.
     *
     * @param name the same in all instances of the application, and that of no other limiter
     * @param nanos the time, as {@link System#nanoTime}
     */
    RateLimiter(String name, Rate rate, LongSupplier nanos) {
        this(name, rate, nanos, MAX_KEYS);
    }

    RateLimiter(String name, Rate rate, LongSupplier nanos, int maxKeys) {
        this.name = name;
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

    /** The bucket of a key, as instances share it. Its id tells nothing of the key, which may be secret. */
    RateStore.Bucket bucket(String key) {
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(digest(name + '\n' + key));
        return new RateStore.Bucket(id, rate.intervalNanos(), emptyNanos());
    }

    /** The time, for {@link #note}. */
    long now() {
        return nanos.getAsLong() - start;
    }

    /**
     * Notes what is known of the bucket that instances share, so that who has used it up is refused without asking.
     *
     * @param asked when it was asked for: a bit too early rather than too late
     */
    void note(String key, long asked, long lackNanos) {
        buckets.note(bounded(key), asked + lackNanos, now());
    }

    private long emptyNanos() {
        return rate.intervalNanos() * rate.burst();
    }

    /** A long key, which a client may have sent, takes no more memory than a short one. */
    private static String bounded(String key) {
        return key.length() <= MAX_KEY_LENGTH ? key : "long:" + HexFormat.of().formatHex(digest(key));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_16BE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    int keys() {
        return buckets.size();
    }
}
