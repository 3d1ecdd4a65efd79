package dev.bistro.result;

import dev.bistro.annotation.ETag;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.file.FileResponse;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link ETag} on a method: the entity tag of its responses is a hash of the body. It is for what has no version, and
 * costs more to send than to make.
 */
final class ETagAnnotation {
    private static final List<Class<?>> STREAMED = List.of(
            InputStream.class, Iterator.class, Stream.class, StreamingBody.class, Feed.class, FeedResponse.class);
    private static final List<Class<?>> FILES = List.of(Path.class, FileResponse.class);
    private static final int TAG_BYTES = 16; // among 2^64 bodies, two are likely to share a tag

    private ETagAnnotation() {}

    /** Whether a method has it; if its responses have no whole body to hash, that is a problem. */
    static boolean isOn(Method method, Type type, Problems problems) {
        if (!method.isAnnotationPresent(ETag.class)) {
            return false;
        }
        Class<?> result = Outcomes.innermost(type);
        if (result == void.class || result == Void.class) {
            problems.add(useless(method, "the answer has no body.", "Remove it."));
        } else if (STREAMED.stream().anyMatch(streamed -> streamed.isAssignableFrom(result))) {
            problems.add(useless(
                    method,
                    "the answer is sent piece by piece, before its hash is known.",
                    "Return it as a whole, or remove @ETag."));
        } else if (FILES.stream().anyMatch(file -> file.isAssignableFrom(result))) {
            problems.add(useless(method, "a file has a tag already.", "Remove it."));
        }
        return true;
    }

    private static Problem useless(Method method, String why, String cure) {
        return Problem.of("useless-etag", "@ETag on a method is a hash of its answer, but " + why)
                .at(Place.of(method))
                .cure(cure);
    }

    /** Gives the responses of a writer the hash of their bodies as entity tag. */
    static ResultWriter hashed(ResultWriter content) {
        return (request, result) -> {
            if (request instanceof ServerRequest served) {
                served.withdrawRoom();
            }
            return hashed(request, content.write(request, result));
        };
    }

    private static Response<Payload> hashed(Request request, Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof PendingPayload pending) {
            return response.withBody(pending.map(completed -> hashed(request, completed)));
        }
        return payload instanceof BytesPayload whole
                ? Validators.withETag(request, response, hash(response, whole.bytes()))
                : response;
    }

    /** Includes the content type: the same bytes of another media type are another representation. */
    private static EntityTag hash(Response<Payload> response, byte[] body) {
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
