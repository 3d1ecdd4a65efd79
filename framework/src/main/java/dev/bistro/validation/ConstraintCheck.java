package dev.bistro.validation;

import java.util.List;

/** Checks the arguments of one method; made at startup, used by many threads at once. */
public interface ConstraintCheck {
    /** All constraints that aren't met, in the order of the parameters; empty if there are none. */
    List<Violation> check(Object controller, Object[] arguments);

    /**
     * All constraints that a part of an argument doesn't meet of which no whole could be made; their paths begin at the
     * part.
     *
     * @param parameter the index of the method's parameter
     * @param owner the class of which the part is a property; null if it is none
     * @param property its name there; null if it is none
     */
    List<Violation> checkPart(int parameter, Class<?> owner, String property, Object part);

    /**
     * Tries the check on arguments that a request could never bring, to find at startup what it can't check, and can't be known without a controller; that goes
     * to the problems.
     */
    void tryOut(Object controller);
}
