package dev.bistro.validation;

import jakarta.validation.groups.Default;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.GroupConversionDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which groups of constraints count within the values of a parameter: those of {@code @ConvertGroup} on the parameter,
 * or on what it holds; otherwise the default group.
 */
final class ConstraintGroups {
    /** The default group; it mustn't be changed. */
    static final Class<?>[] USUAL = {Default.class};

    private ConstraintGroups() {}

    /** For each parameter of a method, the groups that count within its values. */
    static Class<?>[][] of(Optional<MethodDescriptor> method, int parameters) {
        return IntStream.range(0, parameters)
                .mapToObj(
                        i -> method.map(known -> known.getParameterDescriptors().get(i))
                                .flatMap(ConstraintGroups::converted)
                                .map(group -> new Class<?>[] {group})
                                .orElse(USUAL))
                .toArray(Class<?>[][]::new);
    }

    private static <T extends ContainerDescriptor & CascadableDescriptor> Optional<Class<?>> converted(T described) {
        return described.getGroupConversions().stream()
                .filter(conversion -> conversion.getFrom() == Default.class)
                .findFirst()
                .<Class<?>>map(GroupConversionDescriptor::getTo)
                .or(() -> described.getConstrainedContainerElementTypes().stream()
                        .flatMap(element -> converted(element).stream())
                        .findFirst());
    }

    /** Whether a constraint on a parameter itself is checked: those are of the default group only. */
    static boolean isUsual(ConstraintDescriptor<?> constraint) {
        return constraint.getGroups().isEmpty() || constraint.getGroups().contains(Default.class);
    }
}
