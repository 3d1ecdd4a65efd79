package dev.bistro.validation;

import dev.bistro.types.Hierarchy;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Modifier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Has validators with {@code @Inject} made by injection, and all others as usual. Each constraint gets a validator of
 * its own, since that is initialized with the constraint's annotation.
 */
final class InjectedValidators implements ConstraintValidatorFactory {
    private final ConstraintValidatorFactory usual;
    private volatile Function<Class<?>, Object> objects = InjectedValidators::tooEarly;

    InjectedValidators(ConstraintValidatorFactory usual) {
        this.usual = usual;
    }

    /** Sets what makes the objects. */
    void makeBy(Function<Class<?>, Object> injection) {
        objects = injection;
    }

    private static Object tooEarly(Class<?> type) {
        throw new ConstraintDefinitionException(
                type.getSimpleName() + " has @Inject, and settings are read before there is anything to inject");
    }

    @Override
    public <T extends ConstraintValidator<?, ?>> T getInstance(Class<T> type) {
        return areInjected(type) ? type.cast(objects.apply(type)) : usual.getInstance(type);
    }

    @Override
    public void releaseInstance(ConstraintValidator<?, ?> instance) {
        usual.releaseInstance(instance);
    }

    /** Whether a class is one of a validator that needs injection. */
    static boolean isOne(Class<?> type) {
        return ConstraintValidator.class.isAssignableFrom(type)
                && !Modifier.isAbstract(type.getModifiers())
                && areInjected(type);
    }

    private static boolean areInjected(Class<?> type) {
        return Hierarchy.line(type).stream()
                .flatMap(each -> Stream.<AccessibleObject[]>of(
                        each.getDeclaredConstructors(), each.getDeclaredFields(), each.getDeclaredMethods()))
                .flatMap(Stream::of)
                .anyMatch(member -> member.isAnnotationPresent(Inject.class));
    }
}
