package dev.bistro.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ValidateUnwrappedValue;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Which types a constraint's validators take, as the specification resolves them.
 *
 * @see <a href="https://jakarta.ee/specifications/bean-validation/3.0/jakarta-bean-validation-spec-3.0.html">Jakarta Bean Validation 3.0, "ConstraintValidator
 *     resolution algorithm"</a>
 */
final class ConstraintTypes {
    private ConstraintTypes() {}

    /** False if a value of the type can never be checked. Types that may hold the value that is meant (an {@code OptionalInt}) aren't looked at. */
    static boolean mayCheck(ConstraintDescriptor<?> constraint, Class<?> type) {
        if (!isPlain(type) || constraint.getValueUnwrapping() == ValidateUnwrappedValue.UNWRAP) {
            return true;
        }
        var validators = constraint.getConstraintValidatorClasses();
        return (validators.isEmpty() || validators.stream().anyMatch(validator -> takes(validator, type)))
                && constraint.getComposingConstraints().stream().allMatch(part -> mayCheck(part, type));
    }

    /** An enum, or a type of Java's own that holds no other; not {@code Object}, which also stands for what isn't known. */
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
        Type taken = taken(validator);
        Type raw = taken instanceof ParameterizedType parameterized ? parameterized.getRawType() : taken;
        return !(raw instanceof Class<?> known) || known.isAssignableFrom(value);
    }

    /** The {@code T} of a {@code ConstraintValidator<A, T>}, wherever in its ancestry it is said; a variable of the class where it isn't. */
    private static Type taken(Class<?> validator) {
        TypeVariable<?>[] variables = validator.getTypeParameters();
        if (validator == ConstraintValidator.class) {
            return variables[1];
        }
        Stream<Type> above = Stream.concat(
                Stream.of(validator.getGenericInterfaces()), Stream.ofNullable(validator.getGenericSuperclass()));
        for (Type type : above.toList()) {
            Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
            if (raw instanceof Class<?> parent && ConstraintValidator.class.isAssignableFrom(parent)) {
                Type taken = taken(parent);
                int index = Arrays.asList(parent.getTypeParameters()).indexOf(taken);
                return index >= 0 && type instanceof ParameterizedType parameterized
                        ? parameterized.getActualTypeArguments()[index]
                        : taken;
            }
        }
        return Object.class;
    }
}
