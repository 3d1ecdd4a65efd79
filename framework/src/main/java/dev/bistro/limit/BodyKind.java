package dev.bistro.limit;

import java.util.function.ToLongFunction;

/** How a method reads the body of a request, and what the server takes of such a body. */
public enum BodyKind {
    /** Not at all. */
    NONE("no body", "none", limits -> Long.MAX_VALUE),
    WHOLE(
            "a body that is read as a whole",
            "server.max-buffered-size, which goes up to 1GiB",
            ServerLimits::wholeBytes),
    /** By an {@code InputStream}, which the server doesn't limit. */
    STREAM("a stream", "none", limits -> Long.MAX_VALUE),
    FORM("a form without files", "server.max-body-size", ServerLimits::formTextBytes),
    FORM_WITH_FILES("a form with files", "server.max-form-size", ServerLimits::formBytes);

    private final String words;
    private final String setting;
    private final ToLongFunction<ServerLimits> most;

    BodyKind(String words, String setting, ToLongFunction<ServerLimits> most) {
        this.words = words;
        this.setting = setting;
        this.most = most;
    }

    /** How much the server takes. */
    long most(ServerLimits limits) {
        return most.applyAsLong(limits);
    }

    /** What says how much the server takes. */
    String setting() {
        return setting;
    }

    @Override
    public String toString() {
        return words;
    }
}
