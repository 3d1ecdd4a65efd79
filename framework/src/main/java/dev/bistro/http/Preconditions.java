package dev.bistro.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Checks the conditions that a request sets for the state of its resource, in the order of RFC 9110.
 *
 * <pre>{@code
 * Preconditions.check(request, EntityTag.strong("v7"), changed);   // true: answer with 304; false: go on
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, section 13.2.2</a>
 */
public final class Preconditions {
    private static final String CHANGED = "The resource has changed: it isn't in the state that the request demands.";

    private Preconditions() {}

    /**
     * Checks the conditions of a request for a resource that has a tag, but no date of its last change.
     *
     * @return whether the client has this state already, so that the answer is 304
     * @throws HttpException 412 if the resource isn't in the state that the request requires
     */
    public static boolean check(Request request, EntityTag tag) {
        boolean unmatched = request.headers().contains("If-Match") && !anyMatches(request, "If-Match", tag, true);
        if (unmatched) {
            throw failed(CHANGED);
        }
        return request.headers().contains("If-None-Match") && isKnown(request, tag);
    }

    /**
     * Checks the conditions of a request for a resource that exists.
     *
     * @return whether the client has this state already, so that the answer is 304
     * @throws HttpException 412 if the resource isn't in the state that the request requires
     */
    public static boolean check(Request request, EntityTag tag, Instant lastModified) {
        if (!isAsDemanded(request, tag, lastModified)) {
            throw failed(CHANGED);
        }
        if (request.headers().contains("If-None-Match")) {
            return isKnown(request, tag);
        }
        return isRead(request)
                && date(request, "If-Modified-Since")
                        .filter(date -> !isAfter(lastModified, date))
                        .isPresent();
    }

    private static boolean isKnown(Request request, EntityTag tag) {
        boolean known = anyMatches(request, "If-None-Match", tag, false);
        if (known && !isRead(request)) {
            throw failed("The resource is there already, in a state that the request excludes.");
        }
        return known;
    }

    private static boolean isRead(Request request) {
        return request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
    }

    /**
     * Checks the conditions of a request for a resource that doesn't exist: {@code If-Match} is false then, also with
     * {@code *} (RFC 9110, section 13.1.1); the other conditions only concern resources that exist.
     *
     * @throws HttpException 412 if the request requires that the resource exists
     */
    public static void checkMissing(Request request) {
        if (request.headers().contains("If-Match")) {
            throw failed("The resource isn't there: it isn't in the state that the request demands.");
        }
    }

    private static boolean isAsDemanded(Request request, EntityTag tag, Instant lastModified) {
        if (request.headers().contains("If-Match")) {
            return anyMatches(request, "If-Match", tag, true);
        }
        return date(request, "If-Unmodified-Since")
                .filter(date -> isAfter(lastModified, date))
                .isEmpty();
    }

    private static boolean anyMatches(Request request, String field, EntityTag tag, boolean strongly) {
        String value = request.headers().combined(field).orElse("");
        return value.strip().equals("*")
                || EntityTag.parseList(value).stream()
                        .anyMatch(other -> matches(tag, other, strongly)
                                || mayBeCoded(request, other, strongly) && matches(tag, other.uncoded(), strongly));
    }

    /**
     * Whether the tag of a representation with a content coding also counts as the tag of the plain representation. For
     * a change it always does. For a 304 it does only if the client accepts the coding: a cache could otherwise pass
     * the coded body on to a client that can't read it.
     */
    private static boolean mayBeCoded(Request request, EntityTag other, boolean strongly) {
        return strongly
                || other.coding()
                        .filter(coding -> AcceptEncoding.of(request).quality(coding) > 0)
                        .isPresent();
    }

    private static boolean matches(EntityTag tag, EntityTag other, boolean strongly) {
        return strongly ? tag.matchesStrongly(other) : tag.matchesWeakly(other);
    }

    /**
     * Whether a range of the resource may be sent: {@code If-Range} names this state, or the request has no such field.
     */
    public static boolean allowsRange(Request request, EntityTag tag, Instant lastModified) {
        Optional<String> condition = request.header("If-Range");
        if (condition.isEmpty()) {
            return true;
        }
        List<EntityTag> tags = EntityTag.parseList(condition.get());
        if (!tags.isEmpty()) {
            return tag.matchesStrongly(tags.get(0));
        }
        return HttpDate.parse(condition.get())
                .filter(lastModified.truncatedTo(ChronoUnit.SECONDS)::equals)
                .isPresent();
    }

    private static Optional<Instant> date(Request request, String field) {
        return request.headers().combined(field).flatMap(HttpDate::parse); // two dates together don't parse
    }

    private static boolean isAfter(Instant lastModified, Instant date) {
        return lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(date);
    }

    private static HttpException failed(String detail) {
        return new PreconditionFailedException(detail);
    }
}
