package dev.bistro.binding;

import dev.bistro.body.BodyReader;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.AcceptLanguage;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Binds the arguments of a method that has constraints, and checks them. */
public record ValidatingBinder(ConstraintCheck constraints, Object controller, MethodBinder binder) {
    /**
     * The valid arguments.
     *
     * @throws UnprocessableContentException with every invalid value; for a body that can't be read, with the
     *     violations in those of its parts that can
     */
    public Object[] bind(Request request) {
        List<String> languages = AcceptLanguage.of(request).tags();
        Object[] arguments;
        try {
            arguments = binder.bind(request);
        } catch (UnfitBodyException unfit) {
            throw withViolations(
                    unfit,
                    part -> constraints.checkPart(
                            binder.bodyParameter(), part.owner(), part.property(), part.value(), languages),
                    (part, violation) -> binder.invalidIn(part, request, violation));
        }
        List<InvalidValue> errors = constraints.check(controller, arguments, languages).stream()
                .map(violation -> binder.invalid(request, violation))
                .toList();
        if (!errors.isEmpty()) {
            throw invalid(errors, constraints.language(languages));
        }
        return arguments;
    }

    /**
     * The exception that tells a client which values are not valid.
     *
     * @param language the tag of the language in which it is told
     */
    public static UnprocessableContentException invalid(List<InvalidValue> errors, Optional<String> language) {
        return new InvalidValuesException(errors, language);
    }

    /** The exception with what couldn't be read of a message, and the violations in what could be. */
    public static UnprocessableContentException withViolations(
            UnfitBodyException unfit,
            BodyReader reader,
            int message,
            ConstraintCheck constraints,
            List<String> languages) {
        return withViolations(
                unfit,
                part -> constraints.checkPart(message, part.owner(), part.property(), part.value(), languages),
                (part, violation) -> inBody(part, reader, violation));
    }

    private static UnprocessableContentException withViolations(
            UnfitBodyException unfit,
            Function<UnfitBodyException.ReadPart, List<Violation>> check,
            BiFunction<String, Violation, InvalidValue> description) {
        var errors = new ArrayList<>(unfit.errors());
        for (UnfitBodyException.ReadPart part : unfit.parts()) {
            check.apply(part).stream()
                    .map(violation -> description.apply(part.pointer(), violation))
                    .forEach(errors::add);
        }
        return errors.size() == unfit.errors().size() ? unfit : UnfitBodyException.of(errors);
    }

    /** A violation within a body, by its JSON pointer (RFC 6901); the path begins at a part of the body. */
    public static InvalidValue inBody(String part, BodyReader reader, Violation violation) {
        String below = JsonPointer.of(violation.path(), reader::nameOf);
        return new InvalidValue(InvalidValue.In.BODY, part + below, violation.message());
    }
}
