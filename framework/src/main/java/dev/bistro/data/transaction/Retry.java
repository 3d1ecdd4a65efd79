package dev.bistro.data.transaction;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Repeats what the database has cancelled because of another transaction. */
final class Retry {
    private static final int FIRST_PAUSE_MICROS = 2_000;

    private Retry() {}

    /** Runs code until it succeeds, fails for another reason, or was repeated often enough. */
    static <T> T run(int retries, Database.Code<T> code) throws Throwable {
        for (int left = retries; ; left--) {
            try {
                return code.run();
            } catch (Throwable e) {
                if (left <= 0 || !SqlFaults.isConflict(e)) {
                    throw e;
                }
            }
            pause(retries - left + 1);
        }
    }

    /** A random time, so that two that are in each other's way don't meet again. */
    private static void pause(int attempt) throws InterruptedException {
        long micros = ThreadLocalRandom.current().nextLong(1, (long) FIRST_PAUSE_MICROS << attempt);
        TimeUnit.MICROSECONDS.sleep(micros);
    }
}
