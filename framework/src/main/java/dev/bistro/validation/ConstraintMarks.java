package dev.bistro.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the annotations of constraints, and {@link Valid}, in declarations and in the types of those. */
final class ConstraintMarks {
    private static final Predicate<Annotation> VALID = Valid.class::isInstance;
    private static final Predicate<Annotation> CONSTRAINT =
            mark -> mark.annotationType().isAnnotationPresent(Constraint.class);

    private ConstraintMarks() {}

    /** Whether there is a constraint on a class or a member of it, or within the type of a member. */
    static boolean declaresConstraints(Class<?> type) {
        return hasMark(type, CONSTRAINT)
                || Stream.of(type.getDeclaredFields())
                        .anyMatch(field -> hasMark(field, CONSTRAINT) || holds(field.getAnnotatedType(), CONSTRAINT))
                || Stream.of(type.getDeclaredMethods())
                        .anyMatch(method ->
                                hasMark(method, CONSTRAINT) || holds(method.getAnnotatedReturnType(), CONSTRAINT));
    }

    /** Whether there is a constraint on a parameter or within its type. */
    static boolean isConstrained(Parameter parameter) {
        return hasMark(parameter, CONSTRAINT) || holds(parameter.getAnnotatedType(), CONSTRAINT);
    }

    /** Whether there is a {@link Valid} on a parameter or within its type. */
    static boolean isCascaded(Parameter parameter) {
        return hasMark(parameter, VALID) || holds(parameter.getAnnotatedType(), VALID);
    }

    /**
     * Whether there is a constraint where the specification knows none, so that nothing would ever check it: on an
     * array's elements if the array is itself an element, or within an array's elements.
     *
     * <pre>
     * List&lt;@NotBlank String[]&gt;, Optional&lt;@NotBlank String[]&gt;, List&lt;@NotBlank String&gt;[]
     * </pre>
     */
    static boolean isOutOfReach(AnnotatedType type) {
        return isOutOfReach(type, false);
    }

    private static boolean isOutOfReach(AnnotatedType type, boolean isElement) {
        if (type instanceof AnnotatedArrayType array) {
            AnnotatedType component = array.getAnnotatedGenericComponentType();
            return isElement && hasMark(component, CONSTRAINT)
                    || holds(component, CONSTRAINT)
                    || isOutOfReach(component, isElement);
        }
        return type instanceof AnnotatedParameterizedType parameterized
                && Stream.of(parameterized.getAnnotatedActualTypeArguments())
                        .anyMatch(argument -> isOutOfReach(argument, true));
    }

    private static boolean hasMark(AnnotatedElement element, Predicate<Annotation> mark) {
        return Stream.of(element.getAnnotations()).anyMatch(mark);
    }

    private static boolean holds(AnnotatedType type, Predicate<Annotation> mark) {
        return type instanceof AnnotatedParameterizedType parameterized
                && Stream.of(parameterized.getAnnotatedActualTypeArguments())
                        .anyMatch(argument -> hasMark(argument, mark) || holds(argument, mark));
    }
}
