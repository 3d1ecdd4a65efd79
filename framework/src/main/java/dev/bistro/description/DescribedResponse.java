package dev.bistro.description;

import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kind of answer that a handler gives. A result of a sealed type has one for each of its outcomes.
 *
 * @param status empty if only the result says it, as a {@code Response} does
 * @param isStatusChosen whether a result may have another status than this
 * @param content what the body is
 * @param type of the value, or of one of several; {@code void} without a body, {@code Object} where it isn't known
 * @param mediaType empty without a body, and where only the result says it
 * @param byApplication whether a codec of the application, or of a library, writes it
 * @param headers that it has besides those that each answer has
 */
public record DescribedResponse(
        Optional<Status> status,
        boolean isStatusChosen,
        Content content,
        Type type,
        Optional<MediaType> mediaType,
        boolean byApplication,
        List<DescribedHeader> headers) {
    /** What a body is. */
    public enum Content {
        /** There is none. */
        NONE,
        /** One value, as a codec writes it. */
        VALUE,
        /** A JSON array of values, written one by one. */
        ARRAY,
        /** Values as JSON, a line each. */
        LINES,
        /** Values one after the other, as a codec writes each: texts or bytes. */
        CONCATENATION,
        /** Bytes that the application makes. */
        BYTES,
        /** A file, parts of it, or nothing if the client has it already. */
        FILE,
        /** A page of a feed: a JSON object with its items, of which the type is the data of each. */
        FEED_PAGE,
        /** The items of a feed as server-sent events, of which the type is the data of each. */
        FEED_EVENTS,
        /** The items of a feed as JSON, a line each. */
        FEED_LINES,
        /** The connection goes on as a WebSocket. */
        WEB_SOCKET,
        /** Only the result says it, by its class. */
        ANY
    }

    /** Copies the list. */
    public DescribedResponse {
        headers = List.copyOf(headers);
    }

    /** An answer of this status without a body. */
    public static DescribedResponse empty(Status status) {
        return new DescribedResponse(
                Optional.of(status), false, Content.NONE, void.class, Optional.empty(), false, List.of());
    }

    /** This with another status. */
    public DescribedResponse withStatus(Optional<Status> other, boolean isChosen) {
        return new DescribedResponse(other, isChosen, content, type, mediaType, byApplication, headers);
    }

    /** This as a codec of the application writes it, or as one of Bistro's own does. */
    public DescribedResponse withApplication(boolean writes) {
        return new DescribedResponse(status, isStatusChosen, content, type, mediaType, writes, headers);
    }

    /** This with further headers, which replace those of the same name. */
    public DescribedResponse withHeaders(List<DescribedHeader> more) {
        var all = new ArrayList<>(headers);
        more.forEach(header -> {
            all.removeIf(before -> before.name().equalsIgnoreCase(header.name()));
            all.add(header);
        });
        return new DescribedResponse(status, isStatusChosen, content, type, mediaType, byApplication, all);
    }

    /** This without a header. */
    public DescribedResponse withoutHeader(String name) {
        return new DescribedResponse(
                status,
                isStatusChosen,
                content,
                type,
                mediaType,
                byApplication,
                headers.stream()
                        .filter(header -> !header.name().equalsIgnoreCase(name))
                        .toList());
    }
}
