package dev.bistro.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an item in a feed's history. For clients it is a text, such as {@code "k3f9x2.17"}, which they give back
 * as they got it. Ids of one epoch increase; those of different epochs can't be compared.
 *
 * <p>It has two numbers for stores whose own ids have two (Redis Streams: milliseconds and a sequence number). Other
 * stores leave the second one at 0.
 *
 * @param epoch letters and digits that identify the history: one that begins anew, without the earlier items, has a new
 *     epoch
 * @param major the number that is compared first; not negative
 * @param minor the number that is compared second; not negative
 */
public record FeedId(String epoch, long major, long minor) {
    // epoch "." major [ "-" minor ]
    private static final Pattern SYNTAX =
            Pattern.compile("([0-9A-Za-z]{1,40})\\.([0-9]{1,18})(?:-([0-9]{1,18}))?", Pattern.DOTALL);

    /**
     * An id of these parts.
     *
     * @throws IllegalArgumentException if a number is negative, or the epoch isn't 1 to 40 letters and digits
     */
    public FeedId {
        if (major < 0 || minor < 0 || !SYNTAX.matcher(epoch + ".0").matches()) {
            throw new IllegalArgumentException("Not an id of a feed: " + epoch + "." + major + "-" + minor);
        }
    }

    /** Parses an id as clients have it; empty if it isn't one. */
    public static Optional<FeedId> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long minor = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        return Optional.of(new FeedId(parts.group(1), Long.parseLong(parts.group(2)), minor));
    }

    /** Whether both ids are of the same epoch. */
    public boolean isOfEpochOf(FeedId other) {
        return epoch.equals(other.epoch);
    }

    /** Whether this id is later than another one of the same epoch. */
    public boolean isAfter(FeedId other) {
        return major != other.major ? major > other.major : minor > other.minor;
    }

    /** The id as clients have it: {@code "k3f9x2.17"}, {@code "k3f9x2.1526919030474-55"}. */
    @Override
    public String toString() {
        return epoch + "." + major + (minor == 0 ? "" : "-" + minor);
    }
}
