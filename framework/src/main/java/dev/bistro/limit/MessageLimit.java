package dev.bistro.limit;

import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import java.util.Optional;

/** Counts the messages of WebSocket sessions. For any thread. */
@FunctionalInterface
public interface MessageLimit {
    /** For methods without a limit. */
    MessageLimit NONE = opening -> Optional.empty();

    /**
     * Counts a message; if it is one too many, the exception that says so.
     *
     * @param opening the request that opened the message's session
     */
    Optional<HttpException> refusal(Request opening);
}
