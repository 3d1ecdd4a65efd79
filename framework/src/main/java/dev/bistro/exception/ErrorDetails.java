package dev.bistro.exception;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** What an error response tells a developer besides what it tells everybody. */
@FunctionalInterface
public interface ErrorDetails {
    /**
     * The lines about a fault; none if there is nothing to add.
     *
     * @param first what an exception handler was called for, if it is the handler that failed
     */
    List<String> about(Request request, Throwable fault, Optional<Throwable> first);
}
