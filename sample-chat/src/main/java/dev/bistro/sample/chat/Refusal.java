package dev.bistro.sample.chat;

import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import java.util.List;

/** Tells a session that its message was refused. The session stays open. */
record Refusal(String event, String detail, List<String> errors) {
    static Refusal of(Throwable fault) {
        return fault instanceof HttpException known
                ? new Refusal(
                        "refusal",
                        known.detail(),
                        known.errors().stream().map(Refusal::words).toList())
                : new Refusal("refusal", "The chat failed", List.of());
    }

    private static String words(InvalidValue error) {
        return error.name() + ": " + error.detail();
    }
}
