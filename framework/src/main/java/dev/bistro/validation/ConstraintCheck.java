package dev.bistro.validation;

import java.util.List;

/** Checks the arguments of one method; made at startup, used by many threads at once. */
public interface ConstraintCheck {
    /** All constraints that aren't met, in the order of the parameters; empty if there are none. */
    List<Violation> check(Object controller, Object[] arguments);

    /**
     * Tries the check on arguments that a request could never bring, to find at startup what it can't check, and can't be known without a controller; that goes
     * to the problems.
     */
    void tryOut(Object controller);
}
