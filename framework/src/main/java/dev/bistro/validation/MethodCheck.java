package dev.bistro.validation;

import dev.bistro.startup.Place;
import jakarta.validation.Validator;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks the arguments of one method. */
final class MethodCheck implements ConstraintCheck {
    private final Validator validator;
    private final ValueCheck values;
    private final ConstraintAudit audit;
    private final Method method;
    private final boolean onParameters;
    private final int[] within;

    /**
     * @param onParameters whether there are constraints on parameters
     * @param within the parameters whose values may have constraints within
     */
    MethodCheck(
            Validator validator,
            ValueCheck values,
            ConstraintAudit audit,
            Method method,
            boolean onParameters,
            int[] within) {
        this.validator = validator;
        this.values = values;
        this.audit = audit;
        this.method = method;
        this.onParameters = onParameters;
        this.within = within;
    }

    @Override
    public List<Violation> check(Object controller, Object[] arguments) {
        var found = new ArrayList<Violation>(0);
        if (onParameters) {
            validator
                    .forExecutables()
                    .validateParameters(controller, method, arguments)
                    .forEach(violation -> found.add(Violations.of(0, List.of(), violation)));
        }
        for (int parameter : within) {
            values.check(
                    arguments[parameter], (path, violation) -> found.add(Violations.of(parameter, path, violation)));
        }
        return Violations.sorted(found);
    }

    @Override
    public List<Violation> checkPart(int parameter, Class<?> owner, String property, Object part) {
        var found = new ArrayList<Violation>(0);
        if (owner != null) {
            values.checkProperty(owner, property, part, (path, violation) -> {
                Violation whole = Violations.of(parameter, path, violation);
                List<String> below = whole.path().subList(1, whole.path().size());
                found.add(new Violation(parameter, below, whole.message()));
            });
        }
        values.check(part, (path, violation) -> found.add(Violations.of(parameter, path, violation)));
        return Violations.sorted(found);
    }

    @Override
    public void tryOut(Object controller) {
        if (onParameters) {
            Object[] nothing = Arrays.stream(method.getParameterTypes())
                    .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                    .toArray();
            audit.tryOut(
                    Place.of(method), () -> validator.forExecutables().validateParameters(controller, method, nothing));
        }
    }
}
