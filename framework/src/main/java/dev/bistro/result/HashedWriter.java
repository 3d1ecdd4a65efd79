package dev.bistro.result;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PendingPayload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Answers whose entity tag is a hash of their bodies: for what has no version, but costs more to send than to make. */
final class HashedWriter implements ResultWriter {
    private static final int TAG_BYTES = 16; // two bodies of 2^64 would share one

    private final ResultWriter content;

    HashedWriter(ResultWriter content) {
        this.content = content;
    }

    @Override
    public Response<Payload> write(Request request, Object result) {
        return tagged(request, content.write(request, result));
    }

    private static Response<Payload> tagged(Request request, Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof PendingPayload pending) {
            return response.withBody(pending.map(there -> tagged(request, there)));
        }
        return payload instanceof BytesPayload whole
                ? Validators.tagged(request, response, tag(response, whole.bytes()))
                : response;
    }

    /** The same bytes of another media type are another representation. */
    private static EntityTag tag(Response<Payload> response, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(response.headers().first("Content-Type").orElse("").getBytes(StandardCharsets.ISO_8859_1));
            digest.update((byte) 0);
            byte[] hash = Arrays.copyOf(digest.digest(body), TAG_BYTES);
            return EntityTag.strong(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
