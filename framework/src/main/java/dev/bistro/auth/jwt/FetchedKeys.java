package dev.bistro.auth.jwt;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keys that are fetched, kept, and fetched again. No request waits for that: as long as there are keys, they are used,
 * and where one is missing, the answer is 503 with {@code Retry-After} while it is looked for, and while the last
 * attempt has failed, since nobody knows whether there is such a key then.
 *
 * <pre>
 *   begin ──▶ fetched ──refresh interval──▶ fetched again beside, the old ones in use
 *                │  └──a token of an unknown key──▶ fetched again, at most once in 10 seconds
 *                └──24 hours without success──▶ 503
 *   never fetched, or failed ──▶ 503, and fetched again after a second at least
 * </pre>
 *
 * Used by many threads.
 */
final class FetchedKeys implements KeySource {
    /** For how long keys are used that can't be fetched again: one that was withdrawn would be used for ever. */
    static final Duration LONGEST_USE = Duration.ofHours(24);

    /** Tokens of unknown keys, which anybody can send, cause no more than one fetch in this time. */
    static final Duration UNKNOWN_INTERVAL = Duration.ofSeconds(10);

    static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final URI address;
    private final Supplier<CompletableFuture<List<VerificationKey>>> fetch;
    private final long refreshNanos;
    private final Consumer<String> warnings;
    private final LongSupplier nanoTime;
    private CompletableFuture<?> running; // this and the following are guarded by this; null if none was begun
    private boolean isRunning;
    private long begunNanos;
    private boolean hasFailed; // the last time
    private boolean hasKeys;
    private long fetchedNanos;
    private List<VerificationKey> keys = List.of();

    /**
     * @param fetch begins to fetch, as {@link KeyFetch#begin()} does
     * @param warnings is told why keys can't be fetched, for the log
     */
    FetchedKeys(
            URI address,
            Supplier<CompletableFuture<List<VerificationKey>>> fetch,
            Duration refresh,
            Consumer<String> warnings,
            LongSupplier nanoTime) {
        this.address = address;
        this.fetch = fetch;
        this.warnings = warnings;
        this.refreshNanos = refresh.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin() {
        synchronized (this) {
            refetchAfter(Duration.ZERO);
        }
        awaitFetch(); // a start without keys answers 503 until there are some
    }

    /** Waits until the last fetch that was begun is over. */
    void awaitFetch() {
        CompletableFuture<?> last;
        synchronized (this) {
            last = running;
        }
        last.handle((keys, logged) -> keys).join();
    }

    @Override
    public synchronized List<VerificationKey> find(Optional<String> id) {
        long age = nanoTime.getAsLong() - fetchedNanos;
        boolean isTooOld = !hasKeys || age > LONGEST_USE.toNanos();
        if (isTooOld || age > refreshNanos) {
            refetchAfter(RETRY_INTERVAL);
        }
        if (isTooOld && (isRunning || hasFailed)) {
            throw new KeysUnavailableException();
        }
        List<VerificationKey> found = VerificationKey.withId(keys, id);
        if (!found.isEmpty()) {
            return found;
        }
        refetchAfter(UNKNOWN_INTERVAL);
        if (isRunning || hasFailed) {
            throw new KeysUnavailableException();
        }
        return VerificationKey.withId(keys, id); // the fetch may be over already
    }

    /** Has no trace of calls, since each client causes as many as it likes; the reason is in the log already. */
    private static final class KeysUnavailableException extends HttpException {
        private static final long serialVersionUID = 1;

        KeysUnavailableException() {
            super(
                    Status.SERVICE_UNAVAILABLE,
                    "Logins can't be checked at the moment.",
                    Headers.of("Retry-After", "1"),
                    List.of());
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Begins to fetch, unless that is under way, or was begun less than this ago. */
    private void refetchAfter(Duration interval) {
        long now = nanoTime.getAsLong();
        if (isRunning || running != null && now - begunNanos < interval.toNanos()) {
            return;
        }
        isRunning = true;
        begunNanos = now;
        try {
            running = fetch.get().whenComplete(this::fetched);
        } catch (RuntimeException | Error notBegun) { // memory may have ended for a moment
            isRunning = false;
            throw notBegun;
        }
    }

    private void fetched(List<VerificationKey> found, Throwable fault) {
        synchronized (this) {
            isRunning = false;
            hasFailed = fault != null;
            if (fault == null) {
                hasKeys = true;
                fetchedNanos = nanoTime.getAsLong();
                keys = found;
            }
        }
        if (fault != null) {
            Throwable cause =
                    fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
            warnings.accept("The keys of tokens can't be fetched from " + address + ": " + cause);
        }
    }
}
