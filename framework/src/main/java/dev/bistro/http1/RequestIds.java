package dev.bistro.http1;

import dev.bistro.http.Headers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of requests, in this order:
 *
 * <ol>
 *   <li>what a trusted proxy says in {@code X-Request-Id}
 *   <li>the trace that the request belongs to, by {@code traceparent}
 *   <li>32 random hexadecimal digits, which nobody can guess from those of other requests
 * </ol>
 *
 * What isn't well-formed, is too long, or is said more than once, counts as not said. For any thread.
 */
public final class RequestIds {
    /** The header field of requests and answers. */
    static final String FIELD = "X-Request-Id";

    private static final int MAX_LENGTH = 128;
    private static final int ID_BYTES = 16;
    private static final int BATCH_BYTES = 256 * ID_BYTES;
    private static final HexFormat HEX = HexFormat.of();

    private final ThreadLocal<Batch> batches = ThreadLocal.withInitial(Batch::new);

    /**
     * Gives a request its id.
     *
     * @param forwarded says whether the peer is trusted
     * @param direct the peer
     */
    void identify(Http1Request request, ForwardedHeaders forwarded, ClientSide direct) {
        Optional<String> said = said(request.headers());
        if (said.isPresent() && forwarded.trust(direct)) {
            request.setId(said.get(), true);
            return;
        }
        Optional<String> trace = request.traceId();
        if (trace.isPresent()) {
            request.setId(trace.get(), false);
        } else {
            batches.get().give(request);
        }
    }

    private static Optional<String> said(Headers headers) {
        int index = headers.indexOf(FIELD, 0);
        if (index < 0 || headers.indexOf(FIELD, index + 1) >= 0) {
            return Optional.empty();
        }
        return Optional.of(headers.value(index)).filter(RequestIds::isWellFormed);
    }

    /** Letters, digits, and what is neither a quote nor a separator anywhere: it goes into logs, JSON and addresses. */
    private static boolean isWellFormed(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RequestIds::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~+/=:@".indexOf(c) >= 0;
    }

    /** The text of an id of random bits. */
    static String text(long high, long low) {
        return HEX.formatHex(
                ByteBuffer.allocate(ID_BYTES).putLong(high).putLong(low).array());
    }

    /** Random bytes for many ids: a key stream, since the system's generator takes 100 times as long for each. */
    private static final class Batch {
        private final byte[] zeros = new byte[BATCH_BYTES];
        private final byte[] bytes = new byte[BATCH_BYTES];
        private final ByteBuffer unused = ByteBuffer.wrap(bytes).limit(0);
        private final Cipher stream;

        Batch() {
            try {
                var key = new byte[16];
                new SecureRandom().nextBytes(key);
                stream = Cipher.getInstance("AES/CTR/NoPadding"); // every Java has it
                stream.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Gives the request an id that was never given before. */
        void give(Http1Request request) {
            if (!unused.hasRemaining()) {
                refill();
            }
            request.setRandomId(unused.getLong(), unused.getLong());
        }

        private void refill() {
            try {
                stream.update(zeros, 0, BATCH_BYTES, bytes);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            unused.clear();
        }
    }
}
