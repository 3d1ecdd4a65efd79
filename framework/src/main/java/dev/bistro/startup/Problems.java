package dev.bistro.startup;

import java.util.ArrayList;
import java.util.List;

/** Collects the faults of a start, so that the user is told all of them at once. Belongs to the thread that starts the application. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** No faults yet. */
    public Problems() {}

    /** Adds a fault; one that is already there is not added twice. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** The faults so far, in the order in which they were found. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** Whether no fault was found so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the start if anything is wrong.
     *
     * @throws StartupException with all the faults
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StartupException(found());
        }
    }
}
