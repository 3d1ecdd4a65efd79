package dev.bistro.result;

import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Preconditions;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import java.util.List;

/**
 * Adds entity tags to responses, and evaluates a request's preconditions against them: a client that has the
 * representation already gets a 304.
 */
public final class Validators {
    /** Headers that describe a body, which a 304 doesn't have (RFC 9110, section 15.4.5). */
    private static final List<String> ABOUT_BODY =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Length", "Content-Range");

    private Validators() {}

    /**
     * The response with an entity tag, if its method and status allow one and it has none of its own; a 304 if the
     * client has that representation already.
     *
     * @throws dev.bistro.http.PreconditionFailedException if the request is a read with a precondition that fails
     */
    static Response<Payload> withETag(Request request, Response<Payload> response, EntityTag tag) {
        if (response.headers().contains("ETag")) {
            return applyPreconditions(request, response);
        }
        if (!mayHaveTag(request.method(), response.status())) {
            return response;
        }
        Response<Payload> tagged = response.withHeader("ETag", tag.toString());
        return isRead(request.method()) && response.status() == Status.OK && isKnown(request, response, tag)
                ? notModified(tagged)
                : tagged;
    }

    /**
     * The response, or a 304 if the application has set its {@code ETag} and the client has that already.
     *
     * @throws dev.bistro.http.PreconditionFailedException if the request is a read with a precondition that fails
     */
    public static Response<Payload> applyPreconditions(Request request, Response<Payload> response) {
        if (!isRead(request.method())) {
            return response;
        }
        if (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            return response.withBody(pending.map(completed -> applyPreconditions(request, completed)));
        }
        if (response.status() != Status.OK) {
            return response;
        }
        List<EntityTag> tags =
                response.headers().first("ETag").map(EntityTag::parseList).orElse(List.of());
        return tags.size() == 1 && isKnown(request, response, tags.get(0)) ? notModified(response) : response;
    }

    /**
     * After a PUT, a tag would say that the resource is now just what the client sent, which isn't so (RFC 9110,
     * section 9.3.4). After a POST, it would be another resource's, unless that was created.
     */
    static boolean mayHaveTag(Method method, Status status) {
        boolean fits =
                isRead(method) || method.equals(Method.PATCH) || method.equals(Method.POST) && status == Status.CREATED;
        return fits && status.code() >= 200 && status.code() < 300;
    }

    static boolean isRead(Method method) {
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    private static boolean isKnown(Request request, Response<Payload> response, EntityTag tag) {
        try {
            return Preconditions.check(request, tag);
        } catch (RuntimeException failed) {
            discard(response);
            throw failed;
        }
    }

    private static Response<Payload> notModified(Response<Payload> response) {
        discard(response);
        Headers headers = response.headers();
        for (String name : ABOUT_BODY) {
            headers = headers.without(name);
        }
        return Response.of(Status.NOT_MODIFIED, headers, Payload.NONE);
    }

    private static void discard(Response<Payload> response) {
        response.body().ifPresent(Payload::discard);
    }
}
