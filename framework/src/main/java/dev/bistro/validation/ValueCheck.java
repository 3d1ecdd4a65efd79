package dev.bistro.validation;

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
 * Checks a value with all that it holds, each by its own class: what is declared as an interface, too. None of it needs
 * {@code @Valid}, since a constraint that nobody checks looks like one that somebody does. What was found out of a
 * class is kept with it.
 */
final class ValueCheck {
    private static final int MAX_DEPTH = 200; // a value may hold itself

    private final Validator validator;
    private final ClassValue<Known> classes = new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> type) {
            return known(type);
        }
    };

    /**
     * What is known of a class.
     *
     * @param isConstrained whether the provider finds anything to check in it
     * @param parts those in which there may be more, and into which the provider doesn't look by itself
     */
    private record Known(boolean isConstrained, List<ValueParts.Part> parts) {}

    ValueCheck(Validator validator) {
        this.validator = validator;
    }

    private Known known(Class<?> type) {
        if (ValueParts.isClosed(type)) {
            return new Known(false, List.of());
        }
        BeanDescriptor bean = validator.getConstraintsForClass(type);
        List<ValueParts.Part> parts = ValueParts.of(type).stream()
                .filter(part -> !isCascaded(bean.getConstraintsForProperty(part.name())))
                .filter(part -> ValueParts.mayHold(part.type(), this::isConstrained, type.isRecord()))
                .toList();
        return new Known(bean.isBeanConstrained(), parts);
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

    /** Checks a value, at a path; the listener is told of each violation, with the path to what it is in. */
    void check(Object value, List<String> path, BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        visit(value, new ArrayList<>(path), listener);
    }

    /** Checks a value as a property of a class of which there is no object. */
    void checkProperty(
            Class<?> owner,
            String property,
            Object value,
            List<String> path,
            BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        if (validator.getConstraintsForClass(owner).getConstraintsForProperty(property) != null) {
            told(validator.validateValue(owner, property, value), path, listener);
        }
    }

    private static void told(
            Set<? extends ConstraintViolation<?>> violations,
            List<String> path,
            BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        violations.forEach(violation -> listener.accept(List.copyOf(path), violation));
    }

    private void visit(Object value, List<String> path, BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        if (value == null || path.size() > MAX_DEPTH) {
            return;
        }
        if (value instanceof Optional<?> optional) {
            visit(optional.orElse(null), path, listener);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> visit(each, String.valueOf(key), path, listener));
        } else if (value instanceof Iterable<?> several && isContainer(value)) {
            int index = 0;
            for (Object each : several) {
                visit(each, String.valueOf(index++), path, listener);
            }
        } else if (value instanceof Object[] several) {
            for (int i = 0; i < several.length; i++) {
                visit(several[i], String.valueOf(i), path, listener);
            }
        } else {
            visitObject(value, path, listener);
        }
    }

    private static boolean isContainer(Object value) {
        return value instanceof Collection || ValueParts.isClosed(value.getClass());
    }

    private void visitObject(
            Object value, List<String> path, BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        Known known = classes.get(value.getClass());
        if (known.isConstrained) {
            told(validator.validate(value), path, listener);
        }
        for (ValueParts.Part part : known.parts) {
            visit(part.of(value), part.name(), path, listener);
        }
    }

    private void visit(
            Object value, String step, List<String> path, BiConsumer<List<String>, ConstraintViolation<?>> listener) {
        path.add(step);
        visit(value, path, listener);
        path.remove(path.size() - 1);
    }
}
