package dev.bistro.routing;

/** A text that can be looked at so many times only: what a regex does with a path is bounded by it, whatever the regex. */
final class LimitedText implements CharSequence {
    private static final int MAX_LOOKS = 1_000_000;

    /** It was looked at too many times. */
    static final class TooOften extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooOften() {
            super("A regex went back and forth in a path too many times", null, false, false);
        }
    }

    private final String text;
    private int looks;

    LimitedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++looks > MAX_LOOKS) {
            throw new TooOften();
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
