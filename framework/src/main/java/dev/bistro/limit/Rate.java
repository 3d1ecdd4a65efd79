package dev.bistro.limit;

import java.util.Optional;

/**
 * How often something may happen: {@code Rate.parse("100/min", 0)} is one each 600 ms, and 100 at once after a pause.
 *
 * @param text as it is written
 * @param intervalNanos the time in which one more may happen
 * @param burst how many may happen at once
 */
record Rate(String text, long intervalNanos, int burst) {
    private static final int MOST = 1_000_000;

    /**
     * Reads a rate; empty if it is none.
     *
     * @param burst how many may happen at once; 0 for as many as the text has
     */
    static Optional<Rate> parse(String text, int burst) {
        int slash = text.indexOf('/');
        if (slash < 1 || !text.substring(0, slash).matches("[0-9]{1,7}")) {
            return Optional.empty();
        }
        int count = Integer.parseInt(text.substring(0, slash));
        String time = text.substring(slash + 1);
        boolean hasNumber = !time.isEmpty() && Character.isDigit(time.charAt(0));
        return Durations.parse(hasNumber ? time : "1" + time)
                .filter(period -> count >= 1 && count <= MOST && burst >= 0 && burst <= MOST)
                .map(period -> new Rate(text, Math.max(1, period.toNanos() / count), burst == 0 ? count : burst))
                .filter(Rate::isFilledInTime);
    }

    /** Whether an empty bucket is full again in a time that is still one. */
    private boolean isFilledInTime() {
        return intervalNanos <= Durations.LONGEST.toNanos() / burst;
    }
}
