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

/** Gives an answer its entity tag where it may have one, and makes a 304 of what the client has already. */
public final class Validators {
    /** What describes the body that a 304 doesn't have (RFC 9110, section 15.4.5). */
    private static final List<String> OF_THE_BODY =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Length", "Content-Range");

    private Validators() {}

    /**
     * The response with the tag of what it shows.
     *
     * @throws dev.bistro.http.PreconditionFailedException if the request is a read, and demands another state
     */
    static Response<Payload> tagged(Request request, Response<Payload> response, EntityTag tag) {
        if (response.headers().contains("ETag")) {
            return compared(request, response);
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
     * The response, whose tag the application has set by hand, if it has one at all: a 304 if the client has that
     * already.
     *
     * @throws dev.bistro.http.PreconditionFailedException if the request is a read, and demands another state
     */
    public static Response<Payload> compared(Request request, Response<Payload> response) {
        if (!isRead(request.method())) {
            return response;
        }
        if (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            return response.withBody(pending.map(there -> compared(request, there)));
        }
        if (response.status() != Status.OK) {
            return response;
        }
        List<EntityTag> tags =
                response.headers().first("ETag").map(EntityTag::parseList).orElse(List.of());
        return tags.size() == 1 && isKnown(request, response, tags.get(0)) ? notModified(response) : response;
    }

    /**
     * After a PUT it would say that the client's own bytes are what is there now, which they aren't (RFC 9110, section 9.3.4); after a POST it would be
     * another resource's, but for the one that was created.
     */
    private static boolean mayHaveTag(Method method, Status status) {
        boolean fits =
                isRead(method) || method.equals(Method.PATCH) || method.equals(Method.POST) && status == Status.CREATED;
        return fits && status.code() >= 200 && status.code() < 300;
    }

    private static boolean isRead(Method method) {
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
        for (String name : OF_THE_BODY) {
            headers = headers.without(name);
        }
        return Response.of(Status.NOT_MODIFIED, headers, Payload.NONE);
    }

    private static void discard(Response<Payload> response) {
        response.body().ifPresent(Payload::discard);
    }
}
