package dev.bistro.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is in a feed's history. For clients it is a text that they give back as they got it: {@code "k3f9x2.17"}. Ids of one epoch increase; those of
 * different epochs can't be compared.
 *
 * <p>Two numbers, for stores whose own ids have two (Redis Streams: milliseconds and a sequence number); others leave the second at 0.
 *
 * @param epoch names one life of the history, in letters and digits: where it begins anew, with nothing of what was, so does the epoch
 * @param major the number that counts first; not negative
 * @param minor the number that counts second; not negative
 */
public record FeedId(String epoch, long major, long minor) {
    // epoch "." major [ "-" minor ]
    private static final Pattern SYNTAX =
            Pattern.compile("([0-9A-Za-z]{1,40})\\.([0-9]{1,18})(?:-([0-9]{1,18}))?", Pattern.DOTALL);

    /**
     * An id of these parts.
     *
     * @throws IllegalArgumentException if a number is negative, or the epoch isn't of 1 to 40 letters and digits
     */
    public FeedId {
        if (major < 0 || minor < 0 || !SYNTAX.matcher(epoch + ".0").matches()) {
            throw new IllegalArgumentException("Not an id of a feed: " + epoch + "." + major + "-" + minor);
        }
    }

    /** Reads an id as a client has it; empty if it isn't one. */
    public static Optional<FeedId> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long minor = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        return Optional.of(new FeedId(parts.group(1), Long.parseLong(parts.group(2)), minor));
    }

    /** Whether it belongs to the same life of the history. */
    public boolean isOfEpochOf(FeedId other) {
        return epoch.equals(other.epoch);
    }

    /** Whether it is later than another of the same epoch. */
    public boolean isAfter(FeedId other) {
        return major != other.major ? major > other.major : minor > other.minor;
    }

    /** As clients have it: {@code "k3f9x2.17"}, {@code "k3f9x2.1526919030474-55"}. */
    @Override
    public String toString() {
        return epoch + "." + major + (minor == 0 ? "" : "-" + minor);
    }
}
