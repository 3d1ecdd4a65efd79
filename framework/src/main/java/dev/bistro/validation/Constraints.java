package dev.bistro.validation;

import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Finds out, at startup, which methods have constraints on what they take. Without jakarta.validation on the class path none has, and none of its
 * classes is asked for.
 */
public interface Constraints extends AutoCloseable {
    /** No method has any. */
    Constraints NONE = new Constraints() {
        @Override
        public Optional<ConstraintCheck> of(ResolvedMethod method, IntPredicate isRead) {
            return Optional.empty();
        }

        @Override
        public Function<Object, List<Violation>> of(Class<?> type) {
            return value -> List.of();
        }
    };

    /** There if the library is; looked for as a file, so that nothing of it is loaded. */
    String LIBRARY = "jakarta/validation/Validation.class";

    /**
     * What checks a method's arguments; empty if there is nothing to check. What is wrong with its constraints went to
     * the problems.
     *
     * @param isRead whether a parameter is made of what the client sent as a whole, and so may be of classes that its
     *     type doesn't name
     */
    Optional<ConstraintCheck> of(ResolvedMethod method, IntPredicate isRead);

    /**
     * What checks values of a class that isn't a parameter's: a record of settings. What is wrong with its constraints
     * went to the problems.
     */
    Function<Object, List<Violation>> of(Class<?> type);

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
