package dev.bistro.binding;

import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/** Binds the arguments of a method that has constraints, and checks them. */
public record ValidatingBinder(ConstraintCheck constraints, Object controller, MethodBinder binder) {
    /**
     * The valid arguments.
     *
     * @throws UnprocessableContentException with every invalid value; for a body that can't be read, with the
     *     violations in those of its parts that can
     */
    public Object[] bind(Request request) {
        Object[] arguments;
        try {
            arguments = binder.bind(request);
        } catch (UnfitBodyException unfit) {
            throw withViolations(unfit, binder.bodyParameter(), constraints);
        }
        List<InvalidValue> errors = constraints.check(controller, arguments).stream()
                .map(violation -> binder.invalid(violation.parameter(), violation.path(), violation.message()))
                .toList();
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return arguments;
    }

    /** The exception that tells a client which values are not valid. */
    public static UnprocessableContentException invalid(List<InvalidValue> errors) {
        return new UnprocessableContentException(
                errors.size() == 1 ? "A value is not valid" : errors.size() + " values are not valid", errors);
    }

    /** The exception with what couldn't be read of a body, and the violations in what could be. */
    public static UnprocessableContentException withViolations(
            UnfitBodyException unfit, int bodyParameter, ConstraintCheck constraints) {
        var errors = new ArrayList<>(unfit.errors());
        for (UnfitBodyException.ReadPart part : unfit.parts()) {
            constraints.checkPart(bodyParameter, part.owner(), part.property(), part.value()).stream()
                    .map(violation -> inBody(part.pointer(), violation))
                    .forEach(errors::add);
        }
        return errors.size() == unfit.errors().size() ? unfit : UnfitBodyException.of(errors);
    }

    /** A violation within a body, by its JSON pointer (RFC 6901). */
    public static InvalidValue inBody(String pointer, Violation violation) {
        var whole = new StringBuilder(pointer);
        violation
                .path()
                .forEach(
                        step -> whole.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        return new InvalidValue(InvalidValue.In.BODY, whole.toString(), violation.message());
    }
}
