package dev.bistro.auth.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a set of keys, on a thread of its own that is there only while it does. It takes no longer than its timeout
 * as a whole, however slowly something comes, and reads no more than 256 KiB. Redirects aren't followed: the address is
 * what was configured.
 */
record KeyFetch(URI address, Duration timeout) {
    private static final int MOST_BYTES = 256 * 1024;

    /** Begins to fetch. The result fails if the keys can't be had; it is never slower than the timeout. */
    CompletableFuture<List<VerificationKey>> begin() {
        var result = new CompletableFuture<List<VerificationKey>>();
        var thread = new Thread(() -> fetch(result), "bistro-jwks");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            result.completeExceptionally(noThread);
        }
        return result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void fetch(CompletableFuture<List<VerificationKey>> result) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            result.whenComplete((keys, late) -> connection.disconnect()); // frees this thread, if it still reads
            result.complete(read(connection));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            result.completeExceptionally(e);
        }
    }

    private List<VerificationKey> read(HttpURLConnection connection) throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("it answers " + connection.getResponseCode());
        }
        try (InputStream body = connection.getInputStream()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            List<VerificationKey> keys = KeyFile.ofSet(new String(bytes, StandardCharsets.UTF_8));
            if (keys.isEmpty()) {
                throw new IOException("it has no key for RS256, ES256 or EdDSA");
            }
            return keys;
        }
    }
}
