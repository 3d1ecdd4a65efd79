package dev.bistro.limit;

import java.util.Optional;
import java.util.function.ToLongFunction;

/** How a method reads the body of a request, and what the server takes of such a body. */
public enum BodyKind {
    /** Not at all. */
    NONE("", limits -> 0),
    WHOLE("a body that is read as a whole: server.max-buffered-size, and 1 GiB", ServerLimits::wholeBytes),
    /** By an {@code InputStream}, which the server doesn't limit. */
    STREAM("", limits -> Long.MAX_VALUE),
    FORM("a form without files: server.max-body-size", ServerLimits::formTextBytes),
    FORM_WITH_FILES("a form with files: server.max-form-size", ServerLimits::formBytes);

    private final String words;
    private final ToLongFunction<ServerLimits> most;

    BodyKind(String words, ToLongFunction<ServerLimits> most) {
        this.words = words;
        this.most = most;
    }

    /** What is wrong with a limit that is above what the server takes. */
    Optional<String> above(long bytes, ServerLimits limits) {
        return this != NONE && bytes > most.applyAsLong(limits) ? Optional.of(words) : Optional.empty();
    }
}
