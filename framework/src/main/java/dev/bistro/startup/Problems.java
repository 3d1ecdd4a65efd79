package dev.bistro.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Collects the faults of a start, so that the user sees all of them at once. Only the thread that starts the
 * application may use it.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private Function<Class<?>, Optional<String>> origins = type -> Optional.empty();
    private boolean areObjectsForbidden;

    /** No faults yet. */
    public Problems() {}

    /** Adds a fault, unless an equal one was added before. */
    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /**
     * Sets what is told of a class that isn't the application's own, such as the library that brings it. It is told
     * with every fault that has a place in such a class.
     */
    public void tellOrigins(Function<Class<?>, Optional<String>> ofClasses) {
        origins = ofClasses;
    }

    /** The faults so far, in the order in which they were found. */
    public List<Problem> found() {
        return found.stream().map(this::withOrigins).toList();
    }

    private Problem withOrigins(Problem problem) {
        List<String> told = problem.places().stream()
                .flatMap(place -> place.type().stream())
                .flatMap(type -> origins.apply(type).stream())
                .distinct()
                .toList();
        Problem whole = problem;
        for (String origin : told) {
            whole = whole.cure(origin);
        }
        return whole;
    }

    /**
     * Says that the application isn't to be started but to be described, so that no object of it is made, whether it
     * has faults or not.
     */
    public void forbidObjects() {
        areObjectsForbidden = true;
    }

    /** Whether objects of the application may be made: no fault has been found so far, and it is to be started. */
    public boolean allowObjects() {
        return !areObjectsForbidden && found.isEmpty();
    }

    /** Whether the application is only to be described. */
    public boolean areObjectsForbidden() {
        return areObjectsForbidden;
    }

    /**
     * Ends what would make an object of the application if it isn't allowed.
     *
     * @throws StartupException with all faults; with none if the application is only to be described
     */
    public void requireObjects() {
        if (!allowObjects()) {
            throw new StartupException(found());
        }
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
