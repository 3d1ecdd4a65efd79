package dev.bistro.limit;

/**
 * What the server takes of bodies in any case; {@code @MaxBody} can't allow more.
 *
 * @param wholeBytes of a body that is read as a whole
 * @param formTextBytes of a form without files
 * @param formBytes of a form with files
 */
public record ServerLimits(long wholeBytes, long formTextBytes, long formBytes) {
    /** The longest body that can be read as a whole: it is one array. */
    public static final long LONGEST_WHOLE = 1L << 30;
}
