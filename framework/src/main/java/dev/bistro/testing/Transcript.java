package dev.bistro.testing;

/**
 * What went over a connection that stays open, for the messages of failures. Only the newest part is kept, since a
 * fault is at the end.
 */
final class Transcript {
    private static final int SHOWN = 4_000;

    private final StringBuilder newest = new StringBuilder();
    private long dropped;

    synchronized void add(String text) {
        newest.append(text);
        if (newest.length() > 2 * SHOWN) {
            int excess = newest.length() - SHOWN;
            newest.delete(0, excess);
            dropped += excess;
        }
    }

    @Override
    public synchronized String toString() {
        int from = Math.max(0, newest.length() - SHOWN);
        return from + dropped == 0
                ? newest.toString()
                : "(" + (from + dropped) + " characters) … " + newest.substring(from);
    }
}
