package dev.bistro.validation;

import dev.bistro.validation.Violation.Step;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link Violation} of the provider's: follows its path through the values, to tell of which class each is. */
final class Violations {
    private final ConstraintViolation<?> violation;
    private final List<Step> path;
    private int parameter;
    private Object at; // null if it isn't known

    private Violations(int parameter, List<Step> start, ConstraintViolation<?> violation) {
        this.violation = violation;
        this.path = new ArrayList<>(start);
        this.parameter = parameter;
        this.at = violation.getRootBean();
    }

    /**
     * A violation as seen from the method's parameter.
     *
     * @param known the parameter if the provider's path doesn't name it; a constraint on several parameters together is
     *     reported at the first
     * @param start the path from the parameter to the value that the provider checked
     */
    static Violation of(int known, List<Step> start, ConstraintViolation<?> violation) {
        return new Violations(known, start, violation).follow();
    }

    private Violation follow() {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.as(Path.ParameterNode.class).getParameterIndex();
                at = violation.getExecutableParameters()[parameter];
            } else if (node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.CROSS_PARAMETER) {
                addSteps(node);
            }
        }
        return new Violation(parameter, List.copyOf(path), violation.getMessage());
    }

    /** The index or key of a node belongs to the node before; its name comes after. */
    private void addSteps(Path.Node node) {
        if (at instanceof Optional<?> optional) {
            at = optional.orElse(null);
        }
        if (node.getIndex() != null) {
            path.add(Step.to(node.getIndex().toString()));
            at = element(node.getIndex());
        } else if (node.getKey() != null) {
            path.add(Step.to(node.getKey().toString()));
            at = at instanceof Map<?, ?> map ? map.get(node.getKey()) : null;
        } else if (node.isInIterable()) {
            at = null; // an element of a set
        }
        if (node.getKind() == ElementKind.PROPERTY) {
            boolean isOfRoot = path.isEmpty() && violation.getRootBean() == null;
            Class<?> owner = at != null ? at.getClass() : isOfRoot ? violation.getRootBeanClass() : null;
            path.add(new Step(owner, node.getName()));
            at = at == null ? null : part(node.getName());
        }
    }

    private Object element(int index) {
        if (at instanceof List<?> list) {
            return index < list.size() ? list.get(index) : null;
        }
        return at != null && at.getClass().isArray() && index < Array.getLength(at) ? Array.get(at, index) : null;
    }

    private Object part(String name) {
        return ValueParts.of(at.getClass()).stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(part -> part.of(at))
                .orElse(null);
    }

    /** Orders violations by parameter, and drops doubles: the provider checks by itself what has {@code @Valid}. */
    static List<Violation> sorted(List<Violation> found) {
        return found.size() < 2
                ? found
                : found.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(Violation::parameter)
                                .thenComparing(violation -> String.join("/", violation.names()))
                                .thenComparing(Violation::message))
                        .toList();
    }
}
