package dev.bistro.controller;

import dev.bistro.binding.MethodBinder;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/** Binds a method's arguments and checks them; there is one only for a method that has constraints. */
record ConstraintStep(ConstraintCheck constraints, Object controller, MethodBinder binder) {
    /**
     * The arguments, which are as they should be.
     *
     * @throws UnprocessableContentException with all that isn't; of a body that can't be read, also with what is wrong
     *     in its other parts
     */
    Object[] bind(Request request) {
        Object[] arguments;
        try {
            arguments = binder.bind(request);
        } catch (UnfitBodyException unfit) {
            throw together(unfit, binder.bodyParameter(), constraints);
        }
        List<InvalidValue> errors = constraints.check(controller, arguments).stream()
                .map(violation -> binder.invalid(violation.parameter(), violation.path(), violation.message()))
                .toList();
        if (!errors.isEmpty()) {
            throw fault(errors);
        }
        return arguments;
    }

    static UnprocessableContentException fault(List<InvalidValue> errors) {
        return new UnprocessableContentException(
                errors.size() == 1 ? "A value is not valid" : errors.size() + " values are not valid", errors);
    }

    /** What doesn't fit, and what could be read and isn't valid. */
    static UnprocessableContentException together(
            UnfitBodyException unfit, int parameter, ConstraintCheck constraints) {
        var errors = new ArrayList<>(unfit.errors());
        for (UnfitBodyException.ReadPart part : unfit.parts()) {
            constraints.checkPart(parameter, part.owner(), part.property(), part.value()).stream()
                    .map(violation -> invalid(part.pointer(), violation))
                    .forEach(errors::add);
        }
        return errors.size() == unfit.errors().size() ? unfit : UnfitBodyException.of(errors);
    }

    /** A value within a body. */
    static InvalidValue invalid(String pointer, Violation violation) {
        var whole = new StringBuilder(pointer);
        violation
                .path()
                .forEach(
                        step -> whole.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        return new InvalidValue(InvalidValue.In.BODY, whole.toString(), violation.message());
    }
}
