package dev.bistro.sample.chat;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.UnprocessableContentException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A message as a client posts it.
 *
 * @param user who says it; {@code Anonymous} without one
 * @param text what is said
 */
record NewMessage(Optional<String> user, String text) {
    static final int MAX_USER = 40;
    static final int MAX_TEXT = 2_000;
    private static final String ANONYMOUS = "Anonymous";

    /** The message with its time. Throws an exception that lists everything that is wrong. */
    Posted postedAt(Instant time) {
        String name = user.map(String::strip).filter(given -> !given.isEmpty()).orElse(ANONYMOUS);
        String words = text.strip();
        var errors = new ArrayList<InvalidValue>();
        if (name.length() > MAX_USER || name.chars().anyMatch(Character::isISOControl)) {
            errors.add(new InvalidValue(In.BODY, "/user", "must be one line of at most " + MAX_USER + " characters"));
        }
        if (words.isEmpty() || words.length() > MAX_TEXT || words.chars().anyMatch(NewMessage::isNoText)) {
            errors.add(new InvalidValue(
                    In.BODY, "/text", "must have 1 to " + MAX_TEXT + " characters, and no control characters"));
        }
        if (!errors.isEmpty()) {
            throw new UnprocessableContentException("The message is not valid", errors);
        }
        return new Posted(name, words, time);
    }

    private static boolean isNoText(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    }
}
