package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** A place in requests where texts stand under a name. */
interface ValueSource {
    /** The part of the request. */
    InvalidValue.In in();

    /** The name there. */
    String name();

    /** The first text, if there is any; an empty one is one. */
    Optional<String> first(Request request);

    /** All texts, in their order. */
    List<String> all(Request request);
}
