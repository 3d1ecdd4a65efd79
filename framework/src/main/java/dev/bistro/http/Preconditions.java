package dev.bistro.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a request demands of the state of its resource, checked in the order of RFC 9110.
 *
 * <pre>{@code
 * Preconditions.check(request, EntityTag.strong("v7"), changed);   // true: 304 is the answer; false: go on; or it throws a 412
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, section 13.2.2</a>
 */
public final class Preconditions {
    private static final String CHANGED = "The resource has changed: it isn't in the state that the request demands.";

    private Preconditions() {}

    /**
     * Checks the conditions of a request for a resource whose state has a tag, but no time.
     *
     * @return whether the client has this state already, so that 304 is the answer
     * @throws HttpException 412 if it is in another state than the client demands
     */
    public static boolean check(Request request, EntityTag tag) {
        boolean unmatched = request.headers().contains("If-Match") && !anyMatches(request, "If-Match", tag, true);
        if (unmatched) {
            throw failed(CHANGED);
        }
        return request.headers().contains("If-None-Match") && isKnown(request, tag);
    }

    /**
     * Checks the conditions of a request for a resource that there is.
     *
     * @return whether the client has this state already, so that 304 is the answer
     * @throws HttpException 412 if it is in another state than the client demands
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
     * Checks the conditions of a request for a resource that isn't there (RFC 9110, section 13.1.1: {@code If-Match} is false then, with {@code *} too; the
     * other conditions are about one that is).
     *
     * @throws HttpException 412 if the client demands that it is there
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
     * Whether the tag of a representation with a content coding counts as that of the representation: to change it, always; to be answered with 304, only where the
     * client would be sent it so, or a cache would hand it on to one that can't read it.
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

    /** Whether the state that {@code If-Range} names is this one, or none is named; only then a range of it may be sent. */
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
        return request.headers().combined(field).flatMap(HttpDate::parse); // two dates are none
    }

    private static boolean isAfter(Instant lastModified, Instant date) {
        return lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(date);
    }

    private static HttpException failed(String detail) {
        return new PreconditionFailedException(detail);
    }
}
