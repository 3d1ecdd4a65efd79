package dev.bistro.sample.files;

/** Text up to a length. Belongs to one thread. */
final class BoundedText implements Appendable {
    private final StringBuilder text = new StringBuilder();
    private final int max;

    BoundedText(int max) {
        this.max = max;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the text would become too long
     */
    @Override
    public BoundedText append(CharSequence part) {
        return append(part, 0, part.length());
    }

    @Override
    public BoundedText append(CharSequence part, int start, int end) {
        if (end - start > max - text.length()) {
            throw new IllegalStateException("More than " + max + " characters");
        }
        text.append(part, start, end);
        return this;
    }

    @Override
    public BoundedText append(char character) {
        return append(String.valueOf(character));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
