package dev.bistro.description;

import dev.bistro.http.Status;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** One for each status, in the order of these, with all reasons and headers. */
    public static List<DescribedError> together(Collection<DescribedError> all) {
        var byStatus = new TreeMap<Integer, DescribedError>();
        all.forEach(error -> byStatus.merge(error.status.code(), error, DescribedError::and));
        return List.copyOf(byStatus.values());
    }

    private DescribedError and(DescribedError other) {
        return new DescribedError(status, union(reasons, other.reasons), union(headers, other.headers));
    }

    private static List<String> union(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
}
