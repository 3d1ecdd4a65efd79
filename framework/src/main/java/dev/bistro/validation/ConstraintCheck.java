package dev.bistro.validation;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/** Checks the arguments of one method; made at startup, used by many threads at once. */
public interface ConstraintCheck {
    /**
     * All violations, in the order of the parameters.
     *
     * @param languages the tags of the languages that the client prefers, the preferred one first
     */
    List<Violation> check(Object controller, Object[] arguments, List<String> languages);

    /**
     * All violations of a part of an argument, where the argument as a whole couldn't be made. Their paths begin at the
     * part.
     *
     * @param parameter the index of the method's parameter
     * @param owner the class of which the part is a property; null if it is none
     * @param property its name there; null if it is none
     * @param languages as for {@link #check}
     */
    List<Violation> checkPart(int parameter, Class<?> owner, String property, Object part, List<String> languages);

    /** The tag of the language in which a client with these preferences gets its messages; empty if nobody knows. */
    Optional<String> language(List<String> languages);

    /**
     * Tries the check at startup on empty arguments, to report constraints that can never be checked. Only such as show
     * without a controller were reported before.
     */
    void tryOut(Object controller);

    /** The constraints on a parameter itself that are checked, with those that it inherits; in the order of names. */
    List<Annotation> describe(int parameter);

    /** The same of a property of values, such as a record's component. */
    List<Annotation> describe(Class<?> owner, String property);
}
