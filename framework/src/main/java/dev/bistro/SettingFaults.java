package dev.bistro;

import dev.bistro.config.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a record of settings, so that all of it is reported at once. */
final class SettingFaults {
    /** The shortest time that anything may take. */
    static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final List<String> faults = new ArrayList<>();

    /** Adds a fault: {@code add("loops has to be from 0 to 1024")}. */
    void add(String fault) {
        faults.add(fault);
    }

    /** Adds the fault if the condition is met. */
    void addIf(boolean isWrong, String fault) {
        if (isWrong) {
            faults.add(fault);
        }
    }

    <T extends Comparable<T>> void check(String name, T value, T min, T max) {
        addIf(value.compareTo(min) < 0 || value.compareTo(max) > 0, name + " has to be from " + min + " to " + max);
    }

    void checkSize(String name, ByteSize value, String min, String max) {
        check(name, value, ByteSize.parse(min), ByteSize.parse(max));
    }

    void checkTime(String name, Duration value, Duration min) {
        addIf(
                value.compareTo(min) < 0 || value.compareTo(LONGEST) > 0,
                name + " has to be from " + min.toMillis() + "ms to " + LONGEST.toDays() + "d");
    }

    /**
     * Ends the check.
     *
     * @throws IllegalArgumentException if there are faults
     */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }
}
