package dev.bistro.controller;

import dev.bistro.binding.MethodBinder;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Violation;
import java.util.List;

/** Checks a method's arguments after they were bound; there is one only for a method that has constraints. */
record ConstraintStep(ConstraintCheck constraints, Object controller, MethodBinder binder) {
    /**
     * The arguments, which are as they should be.
     *
     * @throws UnprocessableContentException with all that isn't
     */
    Object[] check(Object[] arguments) {
        List<Violation> violations = constraints.check(controller, arguments);
        if (violations.isEmpty()) {
            return arguments;
        }
        List<InvalidValue> errors = violations.stream()
                .map(violation -> binder.invalid(violation.parameter(), violation.path(), violation.message()))
                .toList();
        throw new UnprocessableContentException(
                errors.size() == 1 ? "A value is not valid" : errors.size() + " values are not valid", errors);
    }
}
