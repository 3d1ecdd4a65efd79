package dev.bistro.http;

import java.util.List;
import java.util.Optional;

/** The cookies that came with a request: {@code request.cookies().first("theme")}. */
@FunctionalInterface
public interface Cookies {
    /** The values of all cookies of this name (case matters), in their order; empty if there is none. */
    List<String> all(String name);

    /** The value of the first cookie of this name. */
    default Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
