package dev.bistro.validation;

import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Finds at startup the constraints on methods' parameters and on settings. Without jakarta.validation on the class path
 * there are none, and no class of it is loaded.
 */
public interface Constraints extends AutoCloseable {
    /** No constraints at all. */
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

    /** A file of the library, by which it is found without loading anything of it. */
    String LIBRARY = "jakarta/validation/Validation.class";

    /**
     * The check of a method's arguments; empty if there is nothing to check. Reports constraints that can't be checked.
     *
     * @param isRead whether a parameter is read from the body as a whole, and so may be of a class that its type
     *     doesn't name
     */
    Optional<ConstraintCheck> of(ResolvedMethod method, IntPredicate isRead);

    /**
     * The check of values that aren't parameters, such as a record of settings. Reports constraints that can't be
     * checked.
     */
    Function<Object, List<Violation>> of(Class<?> type);

    /** What an application may have injected, by its type: the provider's validator, if there is one. */
    default Map<Class<?>, Object> injectables() {
        return Map.of();
    }

    /** Those among the classes that are validators of constraints and need injection. */
    default List<Class<?>> injected(Collection<Class<?>> classes) {
        return List.of();
    }

    /** Sets what makes the validators that need injection; none can be made before. */
    default void makeBy(Function<Class<?>, Object> injection) {}

    /** Closes the provider; nothing can be checked any more. */
    @Override
    default void close() {}

    /** The constraints of jakarta.validation, or {@link #NONE} without it; faults go to the problems. */
    static Constraints find(Problems problems) {
        return find(List.of(), problems);
    }

    /**
     * The same with messages in these languages only.
     *
     * @param languages the first is for clients that understand none of them; none for all that there are messages for
     */
    static Constraints find(List<Locale> languages, Problems problems) {
        if (Constraints.class.getClassLoader().getResource(LIBRARY) == null) {
            return NONE;
        }
        return new JakartaConstraints(languages, problems);
    }
}
