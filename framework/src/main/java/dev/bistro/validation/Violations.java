package dev.bistro.validation;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes {@link Violation}s of the provider's. */
final class Violations {
    private Violations() {}

    /**
     * A violation as seen from the method's parameter.
     *
     * @param known the parameter if the provider's path doesn't name it; a constraint on several parameters together is
     *     reported at the first
     * @param start the path from the parameter to the value that the provider checked
     */
    static Violation of(int known, List<String> start, ConstraintViolation<?> violation) {
        int parameter = known;
        var path = new ArrayList<>(start);
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.as(Path.ParameterNode.class).getParameterIndex();
            } else if (node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.CROSS_PARAMETER) {
                addSteps(path, node);
            }
        }
        return new Violation(parameter, List.copyOf(path), violation.getMessage());
    }

    /** The index or key of a node belongs to the node before; its name comes after. */
    private static void addSteps(List<String> path, Path.Node node) {
        if (node.getIndex() != null) {
            path.add(node.getIndex().toString());
        } else if (node.getKey() != null) {
            path.add(node.getKey().toString());
        }
        if (node.getKind() == ElementKind.PROPERTY) {
            path.add(node.getName());
        }
    }

    /** Orders violations by parameter, and drops doubles: the provider checks by itself what has {@code @Valid}. */
    static List<Violation> sorted(List<Violation> found) {
        return found.size() < 2
                ? found
                : found.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(Violation::parameter)
                                .thenComparing(violation -> String.join("/", violation.path()))
                                .thenComparing(Violation::message))
                        .toList();
    }
}
