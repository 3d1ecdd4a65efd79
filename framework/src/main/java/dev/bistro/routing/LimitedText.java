package dev.bistro.routing;

/** A text that can be read a limited number of times, which bounds the time of any regex on any path. */
final class LimitedText implements CharSequence {
    private static final int MAX_READS = 1_000_000;

    /** The text was read too many times. */
    static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyReads() {
            super("A regex went back and forth in a path too many times", null, false, false);
        }
    }

    private final String text;
    private int reads;

    LimitedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++reads > MAX_READS) {
            throw new TooManyReads();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
