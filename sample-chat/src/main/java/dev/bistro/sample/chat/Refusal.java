package dev.bistro.sample.chat;

import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import java.util.List;

/** What a session is sent when it has said something that can't be said; it stays open. */
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
