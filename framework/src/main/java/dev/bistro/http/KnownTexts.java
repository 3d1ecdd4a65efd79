package dev.bistro.http;

import java.util.function.Function;

/**
 * What the texts of header fields mean that came last: most clients send the same few. Each text has one place, which
 * the next one with the same place takes over, so that clients can't make it grow; what they can do is to have a text
 * be read again, as all of them would be without this.
 *
 * <p>For any thread, without synchronisation: what is kept is immutable, and a thread that doesn't see it reads the
 * text itself.
 */
final class KnownTexts<T> {
    private static final int PLACES = 64; // a power of two
    private static final int MAX_LENGTH = 256;

    private final Function<String, T> reading;
    private final Known<?>[] known = new Known<?>[PLACES];

    private record Known<T>(String text, T meaning) {}

    /** @param reading gives an immutable object for a text, or throws an exception, which isn't kept */
    KnownTexts(Function<String, T> reading) {
        this.reading = reading;
    }

    /** What a text means. */
    @SuppressWarnings("unchecked") // only what was read is kept
    T read(String text) {
        if (text.length() > MAX_LENGTH) {
            return reading.apply(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        var there = (Known<T>) known[place];
        if (there == null || !there.text.equals(text)) {
            there = new Known<>(text, reading.apply(text));
            known[place] = there;
        }
        return there.meaning;
    }
}
