package dev.bistro.validation;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reports at startup the constraints that can never be checked: of a wrong type, out of reach, or with a bad validator.
 */
final class ConstraintAudit {
    private static final String CURE = "Take a constraint for values of that type; one for what an Optional or a list"
            + " holds stands within: Optional<@Size(max = 9) String>.";
    private static final String CURE_OF_MAKING =
            "Make its class public, with a public constructor without parameters, and the class that it is in.";

    private final ValidatorFactory provider;
    private final Validator validator;
    private final Problems problems;

    ConstraintAudit(ValidatorFactory provider, Problems problems) {
        this.provider = provider;
        this.validator = provider.getValidator();
        this.problems = problems;
    }

    // ---- methods

    /**
     * Inspects the constraints on a method's parameters by types and validators alone: to try them out takes a
     * controller, and an application with faults has none.
     *
     * @param descriptor the provider's; empty if it found no constraints
     */
    void inspect(Optional<MethodDescriptor> descriptor, Parameter[] parameters) {
        if (descriptor.isPresent()) {
            List<ParameterDescriptor> described = descriptor.get().getParameterDescriptors();
            for (int i = 0; i < parameters.length; i++) {
                inspect(described.get(i), parameters[i]);
                inspectWithin(described.get(i), parameters[i]);
            }
        }
        Stream.of(parameters)
                .filter(parameter -> ConstraintMarks.isOutOfReach(parameter.getAnnotatedType()))
                .forEach(parameter -> problems.add(outOfReach(Place.of(parameter))));
    }

    private void inspectWithin(ContainerDescriptor container, Parameter parameter) {
        container.getConstrainedContainerElementTypes().forEach(element -> {
            inspect(element, parameter);
            inspectWithin(element, parameter);
        });
    }

    private void inspect(ElementDescriptor element, Parameter parameter) {
        Class<?> type = element.getElementClass();
        for (ConstraintDescriptor<?> constraint : element.getConstraintDescriptors()) {
            if (!ConstraintGroups.isUsual(constraint)) {
                problems.add(ofOtherGroup(constraint, parameter));
            }
            constraint.getConstraintValidatorClasses().stream()
                    .filter(each -> ConstraintTypes.takes(each, type))
                    .forEach(each -> tryToMake(each, Place.of(parameter)));
            if (!ConstraintTypes.mayCheck(constraint, type)) {
                String name = constraint.getAnnotation().annotationType().getSimpleName();
                problems.add(Problem.of(
                                "bad-constraint",
                                "A constraint can't be checked: nothing checks @" + name + " of " + Place.name(type)
                                        + ".")
                        .at(Place.of(parameter))
                        .cure(CURE));
            }
        }
    }

    // ---- values

    /**
     * Whether there may be constraints within values of a type. Inspects those that the type shows.
     *
     * @param isOpen whether values may be of classes that the type doesn't name
     */
    boolean mayHoldConstraints(Type type, ValueCheck values, boolean isOpen) {
        var constrained = new LinkedHashSet<Class<?>>();
        var inaccessible = new LinkedHashSet<Class<?>>();
        var outOfReach = new LinkedHashSet<Problem>();
        boolean mayHold = ValueParts.mayHold(type, values::isConstrained, isOpen);
        ValueParts.visit(type, held -> {
            if (values.isConstrained(held)) {
                constrained.add(held);
            }
            if (ValueParts.isInaccessible(held)) {
                inaccessible.add(held);
            }
            Stream.of(held.getDeclaredFields())
                    .filter(field -> ConstraintMarks.isOutOfReach(field.getAnnotatedType()))
                    .forEach(field -> outOfReach.add(outOfReach(Place.of(field))));
        });
        constrained.forEach(this::inspect);
        outOfReach.forEach(problems::add);
        if (mayHold) {
            inaccessible.forEach(each -> problems.add(closedPackage(each)));
        }
        return mayHold;
    }

    private void inspect(Class<?> type) {
        BeanDescriptor bean = validator.getConstraintsForClass(type);
        for (ConstraintDescriptor<?> constraint : bean.getConstraintDescriptors()) {
            constraint.getConstraintValidatorClasses().forEach(each -> tryToMake(each, Place.of(type)));
        }
        for (PropertyDescriptor property : bean.getConstrainedProperties()) {
            tryOut(place(type, property), () -> validator.validateValue(type, property.getPropertyName(), null));
        }
    }

    private static Place place(Class<?> type, PropertyDescriptor property) {
        return Stream.ofNullable(type.getRecordComponents())
                .flatMap(Stream::of)
                .filter(component -> component.getName().equals(property.getPropertyName()))
                .findFirst()
                .map(component -> Place.of(component))
                .orElse(Place.of(type));
    }

    // ---- faults

    private void tryToMake(Class<? extends ConstraintValidator<?, ?>> type, Place place) {
        ConstraintValidatorFactory validators = provider.getConstraintValidatorFactory();
        tryOut(place, () -> validators.releaseInstance(validators.getInstance(type)));
    }

    /**
     * Runs a check, and reports it if it can never succeed. One that fails for want of a real value is no fault: at
     * request time there is a value.
     */
    void tryOut(Place place, Runnable check) {
        try {
            check.run();
        } catch (StartupException notInjectable) {
            notInjectable.problems().forEach(problems::add);
        } catch (ValidationException e) {
            boolean failsAlways = e instanceof ConstraintDeclarationException
                    || e instanceof ConstraintDefinitionException
                    || e.getCause() instanceof ReflectiveOperationException;
            if (failsAlways) {
                report(place, e, problems);
            }
        }
    }

    static void report(Place place, ValidationException e, Problems problems) {
        problems.add(Problem.of("bad-constraint", "A constraint can't be checked: " + messages(e) + ".")
                .at(place)
                .cure(e.getCause() instanceof ReflectiveOperationException ? CURE_OF_MAKING : CURE));
    }

    /** The messages of an exception and its causes. */
    static String messages(Throwable fault) {
        var messages = new ArrayList<String>();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()).replaceAll("\\.$", ""));
        }
        return String.join(": ", messages);
    }

    private static Problem ofOtherGroup(ConstraintDescriptor<?> constraint, Parameter parameter) {
        String name = constraint.getAnnotation().annotationType().getSimpleName();
        return Problem.of(
                        "bad-constraint",
                        "A constraint is never checked: @" + name
                                + " of a parameter has groups, and only the default group counts there.")
                .at(Place.of(parameter))
                .cure("Take the groups away; @Valid @ConvertGroup(to = …) on the parameter chooses the group for what"
                        + " its value holds.");
    }

    private static Problem outOfReach(Place place) {
        return Problem.of("bad-constraint", "A constraint can't be checked: it is of what an array within holds.")
                .at(place)
                .cure("Take a list in the place of the array: List<List<@NotBlank String>>.")
                .cure("One of the array itself stands before its brackets: List<String @Size(max = 9) []>.");
    }

    private static Problem closedPackage(Class<?> type) {
        return Problem.of(
                        "closed-package",
                        "Bistro can't look into " + Place.name(type)
                                + " to check constraints: its module doesn't open the package.")
                .at(Place.of(type))
                .cure("Add to module-info.java: opens " + type.getPackageName() + " to dev.bistro;");
    }
}
