package dev.bistro.validation;

import dev.bistro.validation.Violation.Step;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks a value and all of its parts, each by its own class, even if it is declared as an interface. No part needs
 * {@code @Valid}: an unchecked constraint would look just like a checked one. Each class is inspected once.
 */
final class ValueCheck {
    private static final int MAX_DEPTH = 200; // a value may hold itself

    private final Validator validator;
    private final ClassValue<Inspected> classes = new ClassValue<>() {
        @Override
        protected Inspected computeValue(Class<?> type) {
            return inspected(type);
        }
    };

    /**
     * What an inspection of a class found.
     *
     * @param isConstrained whether the provider finds anything to check in it
     * @param parts the parts in which there may be more, unless the provider checks them by itself
     */
    private record Inspected(boolean isConstrained, List<ValueParts.Part> parts) {}

    ValueCheck(Validator validator) {
        this.validator = validator;
    }

    private Inspected inspected(Class<?> type) {
        if (ValueParts.isLeaf(type)) {
            return new Inspected(false, List.of());
        }
        BeanDescriptor bean = validator.getConstraintsForClass(type);
        List<ValueParts.Part> parts = ValueParts.of(type).stream()
                .filter(part -> !isCascaded(bean.getConstraintsForProperty(part.name())))
                .filter(part -> ValueParts.mayHold(part.type(), this::isConstrained, type.isRecord()))
                .toList();
        return new Inspected(bean.isBeanConstrained(), parts);
    }

    boolean isConstrained(Class<?> type) {
        return validator.getConstraintsForClass(type).isBeanConstrained();
    }

    private static boolean isCascaded(PropertyDescriptor property) {
        return property != null && (property.isCascaded() || holdsCascaded(property));
    }

    private static boolean holdsCascaded(ContainerDescriptor container) {
        return container.getConstrainedContainerElementTypes().stream()
                .anyMatch(element -> ((CascadableDescriptor) element).isCascaded() || holdsCascaded(element));
    }

    /**
     * How values are checked.
     *
     * @param validator tells the messages in the language of a client
     * @param groups the groups whose constraints count
     * @param listener gets each violation with the path to the value that has it
     */
    record Run(Validator validator, Class<?>[] groups, BiConsumer<List<Step>, ConstraintViolation<?>> listener) {
        private void tell(Set<? extends ConstraintViolation<?>> violations, List<Step> path) {
            violations.forEach(violation -> listener.accept(List.copyOf(path), violation));
        }
    }

    /** Checks a value. */
    void check(Object value, Run run) {
        visit(value, new ArrayList<>(), run);
    }

    /** Checks a value as a property of a class, without an object of the class. */
    void checkProperty(Class<?> owner, String property, Object value, Run run) {
        if (validator.getConstraintsForClass(owner).getConstraintsForProperty(property) != null) {
            run.tell(run.validator.validateValue(owner, property, value, run.groups), List.of());
        }
    }

    private void visit(Object value, List<Step> path, Run run) {
        if (value == null || path.size() > MAX_DEPTH) {
            return;
        }
        if (value instanceof Optional<?> optional) {
            visit(optional.orElse(null), path, run);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> visit(each, Step.to(String.valueOf(key)), path, run));
        } else if (value instanceof Iterable<?> several && isContainer(value)) {
            int index = 0;
            for (Object each : several) {
                visit(each, Step.to(String.valueOf(index++)), path, run);
            }
        } else if (value instanceof Object[] several) {
            for (int i = 0; i < several.length; i++) {
                visit(several[i], Step.to(String.valueOf(i)), path, run);
            }
        } else {
            visitObject(value, path, run);
        }
    }

    private static boolean isContainer(Object value) {
        return value instanceof Collection || ValueParts.isLeaf(value.getClass());
    }

    private void visitObject(Object value, List<Step> path, Run run) {
        Inspected inspected = classes.get(value.getClass());
        if (inspected.isConstrained) {
            run.tell(run.validator.validate(value, run.groups), path);
        }
        for (ValueParts.Part part : inspected.parts) {
            visit(part.of(value), new Step(value.getClass(), part.name()), path, run);
        }
    }

    private void visit(Object value, Step step, List<Step> path, Run run) {
        path.add(step);
        visit(value, path, run);
        path.remove(path.size() - 1);
    }
}
