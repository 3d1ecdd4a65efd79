package dev.bistro.validation;

import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.util.Optional;

/**
 * Finds out, at startup, which methods have constraints on what they take. Without jakarta.validation on the class path none has, and none of its
 * classes is asked for.
 */
public interface Constraints extends AutoCloseable {
    /** No method has any. */
    Constraints NONE = method -> Optional.empty();

    /** There if the library is; looked for as a file, so that nothing of it is loaded. */
    String LIBRARY = "jakarta/validation/Validation.class";

    /** What checks a method's arguments; empty if there is nothing to check. What is wrong with its constraints went to the problems. */
    Optional<ConstraintCheck> of(ResolvedMethod method);

    /** Lets go of what checks them, when nothing is checked any more. */
    @Override
    default void close() {}

    /** The constraints of jakarta.validation, if it is there; what is wrong with it, and with what it checks, goes to the problems. */
    static Constraints find(Problems problems) {
        if (Constraints.class.getClassLoader().getResource(LIBRARY) == null) {
            return NONE;
        }
        return new JakartaConstraints(problems);
    }
}
