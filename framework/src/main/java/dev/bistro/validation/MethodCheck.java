package dev.bistro.validation;

import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import jakarta.validation.Validator;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks the arguments of one method. */
final class MethodCheck implements ConstraintCheck {
    private final MessageLanguages languages;
    private final ValueCheck values;
    private final ConstraintAudit audit;
    private final ResolvedMethod resolved;
    private final Method method;
    private final boolean onParameters;
    private final Class<?>[][] groups;
    private final int[] within;

    /**
     * @param onParameters whether there are constraints on parameters
     * @param groups for each parameter, those whose constraints count within its values
     * @param within the parameters whose values may have constraints within
     */
    MethodCheck(
            MessageLanguages languages,
            ValueCheck values,
            ConstraintAudit audit,
            ResolvedMethod method,
            boolean onParameters,
            Class<?>[][] groups,
            int[] within) {
        this.languages = languages;
        this.values = values;
        this.audit = audit;
        this.resolved = method;
        this.method = method.method();
        this.onParameters = onParameters;
        this.groups = groups;
        this.within = within;
    }

    @Override
    public List<Violation> check(Object controller, Object[] arguments, List<String> preferred) {
        Validator validator = languages.validator(preferred);
        var found = new ArrayList<Violation>(0);
        if (onParameters) {
            validator
                    .forExecutables()
                    .validateParameters(controller, method, arguments)
                    .forEach(violation -> found.add(Violations.of(0, List.of(), violation)));
        }
        for (int parameter : within) {
            values.check(arguments[parameter], run(parameter, validator, found));
        }
        return Violations.sorted(found);
    }

    private ValueCheck.Run run(int parameter, Validator validator, List<Violation> found) {
        return new ValueCheck.Run(
                validator,
                groups[parameter],
                (path, violation) -> found.add(Violations.of(parameter, path, violation)));
    }

    @Override
    public List<Violation> checkPart(
            int parameter, Class<?> owner, String property, Object part, List<String> preferred) {
        Validator validator = languages.validator(preferred);
        var found = new ArrayList<Violation>(0);
        if (owner != null) {
            values.checkProperty(
                    owner, property, part, new ValueCheck.Run(validator, groups[parameter], (path, violation) -> {
                        Violation whole = Violations.of(parameter, path, violation);
                        List<Violation.Step> below =
                                whole.path().subList(1, whole.path().size());
                        found.add(new Violation(parameter, below, whole.message()));
                    }));
        }
        values.check(part, run(parameter, validator, found));
        return Violations.sorted(found);
    }

    @Override
    public Optional<String> language(List<String> preferred) {
        return languages.tag(preferred);
    }

    @Override
    public void tryOut(Object controller) {
        if (onParameters) {
            Object[] nothing = Arrays.stream(method.getParameterTypes())
                    .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                    .toArray();
            Validator validator = languages.validator(List.of());
            audit.tryOut(
                    Place.of(method), () -> validator.forExecutables().validateParameters(controller, method, nothing));
        }
    }

    @Override
    public List<Annotation> describe(int parameter) {
        MethodDescriptor descriptor = languages
                .validator(List.of())
                .getConstraintsForClass(resolved.hierarchy().type())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        return descriptor == null
                ? List.of()
                : annotations(descriptor.getParameterDescriptors().get(parameter));
    }

    @Override
    public List<Annotation> describe(Class<?> owner, String property) {
        ElementDescriptor descriptor =
                languages.validator(List.of()).getConstraintsForClass(owner).getConstraintsForProperty(property);
        return descriptor == null ? List.of() : annotations(descriptor);
    }

    private static List<Annotation> annotations(ElementDescriptor element) {
        return element.getConstraintDescriptors().stream()
                .<Annotation>map(constraint -> constraint.getAnnotation())
                .sorted(Comparator.comparing(
                        annotation -> annotation.annotationType().getName()))
                .toList();
    }
}
