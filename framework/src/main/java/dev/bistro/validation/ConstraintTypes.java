package dev.bistro.validation;

import dev.bistro.types.Types;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ValidateUnwrappedValue;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.util.stream.Stream;

/**
 * Which types a constraint's validators take, as the specification resolves them.
 *
 * @see <a href="https://jakarta.ee/specifications/bean-validation/3.0/jakarta-bean-validation-spec-3.0.html">Jakarta
 *     Bean Validation 3.0, "ConstraintValidator resolution algorithm"</a>
 */
final class ConstraintTypes {
    private ConstraintTypes() {}

    /**
     * False if values of the type can never be checked. True for types that may hold the value that is meant, such as
     * {@code OptionalInt}, without a look at the validators.
     */
    static boolean mayCheck(ConstraintDescriptor<?> constraint, Class<?> type) {
        if (!isPlain(type) || constraint.getValueUnwrapping() == ValidateUnwrappedValue.UNWRAP) {
            return true;
        }
        var validators = constraint.getConstraintValidatorClasses();
        return (validators.isEmpty() || validators.stream().anyMatch(validator -> takes(validator, type)))
                && constraint.getComposingConstraints().stream().allMatch(part -> mayCheck(part, type));
    }

    /**
     * An enum, or a type of Java's own that holds no other; not {@code Object}, which also stands for unknown types.
     */
    private static boolean isPlain(Class<?> type) {
        boolean ofJava = Stream.of("java.lang.", "java.math.", "java.time.")
                .anyMatch(start -> type.getName().startsWith(start));
        return type.isPrimitive()
                || type.isEnum()
                || ofJava && type != Object.class && type.getTypeParameters().length == 0;
    }

    /** Whether a validator takes values of a type; true if it doesn't say what it takes. */
    static boolean takes(Class<?> validator, Class<?> type) {
        Class<?> value = MethodType.methodType(type).wrap().returnType();
        return !(Types.as(validator, ConstraintValidator.class) instanceof ParameterizedType known)
                || Types.raw(known.getActualTypeArguments()[1]).isAssignableFrom(value);
    }
}
