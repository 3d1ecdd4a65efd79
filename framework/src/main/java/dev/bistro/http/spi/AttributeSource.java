package dev.bistro.http.spi;

import java.util.Optional;

/**
 * Makes attributes of requests when they are first asked for, so that a request that nobody asks for one costs nothing.
 * Safe for use by many threads.
 */
@FunctionalInterface
public interface AttributeSource {
    /** Knows no attribute. */
    AttributeSource NONE = (name, request) -> Optional.empty();

    /** The value of an attribute that nobody has set; empty if it is none of this source. */
    Optional<Object> make(String name, ServerRequest request);
}
