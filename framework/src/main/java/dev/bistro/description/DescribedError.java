package dev.bistro.description;

import dev.bistro.http.Status;
import java.util.List;

/**
 * An error that requests may be answered with, as problem details or as a page for people.
 *
 * @param status its status
 * @param reasons why, a sentence each: {@code A parameter is missing, or isn't what is expected.}
 * @param headers the names of header fields that tell more, such as {@code Retry-After}
 */
public record DescribedError(Status status, List<String> reasons, List<String> headers) {
    /** Copies the lists. */
    public DescribedError {
        reasons = List.copyOf(reasons);
        headers = List.copyOf(headers);
    }

    /** One with a reason, and the names of headers. */
    public static DescribedError of(Status status, String reason, String... headers) {
        return new DescribedError(status, List.of(reason), List.of(headers));
    }
}
