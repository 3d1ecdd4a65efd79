package dev.bistro.startup;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the faults of a start, so that the user sees all of them at once. Only the thread that starts the
 * application may use it.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** No faults yet. */
    public Problems() {}

    /** Adds a fault, unless an equal one was added before. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** The faults so far, in the order in which they were found. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** Whether no fault has been found so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the start if there are faults.
     *
     * @throws StartupException with all of them
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StartupException(found());
        }
    }
}
