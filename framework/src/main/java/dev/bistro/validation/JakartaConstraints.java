package dev.bistro.validation;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorFactory;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Path;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
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
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The constraints of jakarta.validation: those on parameters, and those within what parameters hold, which needs no {@code @Valid} there. The only class that
 * imports it, with {@link ConstraintTypes} and {@link ValueCheck}.
 */
final class JakartaConstraints implements Constraints {
    private static final String CURE =
            "Take a constraint for values of that type; one for what an Optional or a list holds stands within: Optional<@Size(max = 9) String>.";

    private static final String CURE_OF_MAKING =
            "Make its class public, with a public constructor without parameters, and the class that it is in.";

    private static final Predicate<Annotation> VALID = Valid.class::isInstance;
    private static final Predicate<Annotation> CONSTRAINT =
            mark -> mark.annotationType().isAnnotationPresent(Constraint.class);

    private final Problems problems;
    private final Optional<ValidatorFactory> provider;

    JakartaConstraints(Problems problems) {
        this.problems = problems;
        this.provider = provider();
    }

    private Optional<ValidatorFactory> provider() {
        try {
            return Optional.of(Validation.buildDefaultValidatorFactory());
        } catch (NoProviderFoundException apiAlone) {
            return Optional.empty(); // which is nobody's fault, until there is something to check
        } catch (ValidationException e) {
            problems.add(
                    Problem.of("no-validation", "What checks constraints can't be made: " + messages(e) + ".")
                            .cure(
                                    "Hibernate Validator needs an implementation of the expression language beside it: org.glassfish.expressly:expressly."));
            return Optional.empty();
        }
    }

    private static String messages(Throwable fault) {
        var messages = new ArrayList<String>();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()).replaceAll("\\.$", ""));
        }
        return String.join(": ", messages);
    }

    @Override
    public Optional<ConstraintCheck> of(ResolvedMethod resolved, IntPredicate isRead) {
        Method method = resolved.method();
        if (provider.isEmpty()) {
            reportUnchecked(resolved);
            return Optional.empty();
        }
        try {
            return check(provider.get().getValidator(), resolved, isRead);
        } catch (ValidationException e) {
            problems.add(badConstraint(Place.of(method), e));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        provider.ifPresent(ValidatorFactory::close);
    }

    @Override
    public Function<Object, List<Violation>> of(Class<?> type) {
        if (provider.isEmpty()) {
            if (ValueParts.mayHold(type, JakartaConstraints::declaresConstraints, false)) {
                problems.add(unchecked(Place.of(type)));
            }
            return value -> List.of();
        }
        try {
            var values = new ValueCheck(provider.get().getValidator());
            return mayHoldConstraints(type, values, false) ? value -> violations(values, value) : value -> List.of();
        } catch (ValidationException e) {
            problems.add(badConstraint(Place.of(type), e));
            return value -> List.of();
        }
    }

    private static List<Violation> violations(ValueCheck values, Object value) {
        var found = new ArrayList<Violation>();
        values.check(value, List.of(), (path, violation) -> found.add(violation(0, path, violation)));
        return sorted(found);
    }

    /** A problem of a constraint that can never be checked; not of one that fails for want of a value, which it has when it is checked. */
    private void report(Place place, ValidationException e) {
        boolean never = e instanceof ConstraintDeclarationException
                || e instanceof ConstraintDefinitionException
                || e.getCause() instanceof ReflectiveOperationException;
        if (never) {
            problems.add(badConstraint(place, e));
        }
    }

    private static Problem badConstraint(Place place, ValidationException e) {
        return Problem.of("bad-constraint", "A constraint can't be checked: " + messages(e) + ".")
                .at(place)
                .cure(e.getCause() instanceof ReflectiveOperationException ? CURE_OF_MAKING : CURE);
    }

    /** Constraints that nobody checks are a fault, where there is no provider. */
    private void reportUnchecked(ResolvedMethod method) {
        for (ResolvedMethod.Taken taken : method.parameters()) {
            boolean within = ValueParts.mayHold(taken.type(), JakartaConstraints::declaresConstraints, false);
            if (within || hasConstraint(taken.parameter())) {
                problems.add(unchecked(Place.of(taken.parameter())));
            }
        }
    }

    private static Problem unchecked(Place place) {
        return Problem.of("no-validation", "There are constraints, and nothing checks them.")
                .at(place)
                .cure(
                        "Add a provider of jakarta.validation to the dependencies: org.hibernate.validator:hibernate-validator and org.glassfish.expressly:expressly.");
    }

    /** Whether there is a constraint on a class or a member of it, or on what one of them holds. */
    private static boolean declaresConstraints(Class<?> type) {
        return hasMark(type, CONSTRAINT)
                || Stream.of(type.getDeclaredFields())
                        .anyMatch(field -> hasMark(field, CONSTRAINT) || holds(field.getAnnotatedType(), CONSTRAINT))
                || Stream.of(type.getDeclaredMethods())
                        .anyMatch(method ->
                                hasMark(method, CONSTRAINT) || holds(method.getAnnotatedReturnType(), CONSTRAINT));
    }

    /** Whether there is a constraint on a parameter, or on what its type holds. */
    private static boolean hasConstraint(Parameter parameter) {
        return hasMark(parameter, CONSTRAINT) || holds(parameter.getAnnotatedType(), CONSTRAINT);
    }

    private static boolean isCascaded(Parameter parameter) {
        return hasMark(parameter, VALID) || holds(parameter.getAnnotatedType(), VALID);
    }

    private static boolean hasMark(AnnotatedElement element, Predicate<Annotation> mark) {
        return Stream.of(element.getAnnotations()).anyMatch(mark);
    }

    private static boolean holds(AnnotatedType type, Predicate<Annotation> mark) {
        return type instanceof AnnotatedParameterizedType parameterized
                && Stream.of(parameterized.getAnnotatedActualTypeArguments())
                        .anyMatch(argument -> hasMark(argument, mark) || holds(argument, mark));
    }

    /**
     * Whether there is a constraint where the specification knows none, so that nobody would ever check it: on what an
     * array has that is held by something, or within what an array has.
     *
     * <pre>
     * List&lt;@NotBlank String[]&gt;, Optional&lt;@NotBlank String[]&gt;, List&lt;@NotBlank String&gt;[]
     * </pre>
     */
    private static boolean isOutOfReach(AnnotatedType type, boolean isHeld) {
        if (type instanceof AnnotatedArrayType array) {
            AnnotatedType component = array.getAnnotatedGenericComponentType();
            return isHeld && hasMark(component, CONSTRAINT)
                    || holds(component, CONSTRAINT)
                    || isOutOfReach(component, isHeld);
        }
        return type instanceof AnnotatedParameterizedType parameterized
                && Stream.of(parameterized.getAnnotatedActualTypeArguments())
                        .anyMatch(argument -> isOutOfReach(argument, true));
    }

    private static Problem outOfReach(Place place) {
        return Problem.of("bad-constraint", "A constraint can't be checked: it is of what an array within holds.")
                .at(place)
                .cure("Take a list in the place of the array: List<List<@NotBlank String>>.")
                .cure("One of the array itself stands before its brackets: List<String @Size(max = 9) []>.");
    }

    private Optional<ConstraintCheck> check(Validator validator, ResolvedMethod resolved, IntPredicate isRead) {
        Method method = resolved.method();
        List<ResolvedMethod.Taken> taken = resolved.parameters();
        MethodDescriptor descriptor = validator
                .getConstraintsForClass(resolved.hierarchy().type())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        Parameter[] parameters = method.getParameters();
        if (descriptor != null) {
            reportUnfit(descriptor, parameters);
        }
        Stream.of(parameters)
                .filter(parameter -> isOutOfReach(parameter.getAnnotatedType(), false))
                .forEach(parameter -> problems.add(outOfReach(Place.of(parameter))));
        boolean ofParameters = descriptor != null && descriptor.hasConstrainedParameters()
                || Stream.of(parameters).anyMatch(one -> hasConstraint(one) || isCascaded(one));
        var values = new ValueCheck(validator);
        int[] within = IntStream.range(0, parameters.length)
                .filter(i -> mayHoldConstraints(taken.get(i).type(), values, isRead.test(i)))
                .toArray();
        return ofParameters || within.length > 0
                ? Optional.of(new Check(validator, values, method, ofParameters, within))
                : Optional.empty();
    }

    /** Whether there may be constraints in what a type holds; with a look at those that can be found now. */
    private boolean mayHoldConstraints(Type type, ValueCheck values, boolean isOpen) {
        var constrained = new LinkedHashSet<Class<?>>();
        var shut = new LinkedHashSet<Class<?>>();
        var outOfReach = new LinkedHashSet<Problem>();
        boolean mayHold = ValueParts.mayHold(type, values::isConstrained, isOpen);
        ValueParts.mayHold(
                type,
                held -> {
                    if (values.isConstrained(held)) {
                        constrained.add(held);
                    }
                    if (ValueParts.isShut(held)) {
                        shut.add(held);
                    }
                    Stream.of(held.getDeclaredFields())
                            .filter(field -> isOutOfReach(field.getAnnotatedType(), false))
                            .forEach(field -> outOfReach.add(outOfReach(Place.of(field))));
                    return false;
                },
                false);
        constrained.forEach(this::inspect);
        outOfReach.forEach(problems::add);
        if (mayHold) {
            shut.forEach(each -> problems.add(closed(each)));
        }
        return mayHold;
    }

    /** An instance is needed to try a check out, and there is none of an application with faults; what types and validators tell by themselves is found before. */
    private void reportUnfit(MethodDescriptor descriptor, Parameter[] parameters) {
        List<ParameterDescriptor> described = descriptor.getParameterDescriptors();
        for (int i = 0; i < parameters.length; i++) {
            reportUnfit(described.get(i), parameters[i]);
            reportUnfitWithin(described.get(i), parameters[i]);
        }
    }

    private void reportUnfitWithin(ContainerDescriptor container, Parameter parameter) {
        container.getConstrainedContainerElementTypes().forEach(element -> {
            reportUnfit(element, parameter);
            reportUnfitWithin(element, parameter);
        });
    }

    private void reportUnfit(ElementDescriptor element, Parameter parameter) {
        Class<?> type = element.getElementClass();
        for (ConstraintDescriptor<?> constraint : element.getConstraintDescriptors()) {
            constraint.getConstraintValidatorClasses().stream()
                    .filter(validator -> ConstraintTypes.takes(validator, type))
                    .forEach(validator -> tryToMake(validator, Place.of(parameter)));
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

    private static Problem closed(Class<?> type) {
        return Problem.of(
                        "closed-package",
                        "Bistro can't look into " + Place.name(type)
                                + " to check constraints: its module doesn't open the package.")
                .at(Place.of(type))
                .cure("Add to module-info.java: opens " + type.getPackageName() + " to dev.bistro;");
    }

    private void inspect(Class<?> type) {
        Validator validator = provider.orElseThrow().getValidator();
        BeanDescriptor bean = validator.getConstraintsForClass(type);
        for (ConstraintDescriptor<?> constraint : bean.getConstraintDescriptors()) {
            constraint.getConstraintValidatorClasses().forEach(each -> tryToMake(each, Place.of(type)));
        }
        for (PropertyDescriptor property : bean.getConstrainedProperties()) {
            try {
                validator.validateValue(type, property.getPropertyName(), null);
            } catch (ValidationException e) {
                report(place(type, property), e);
            }
        }
    }

    private void tryToMake(Class<? extends ConstraintValidator<?, ?>> type, Place place) {
        ConstraintValidatorFactory validators = provider.orElseThrow().getConstraintValidatorFactory();
        try {
            validators.releaseInstance(validators.getInstance(type));
        } catch (ValidationException e) {
            report(place, e);
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

    private final class Check implements ConstraintCheck {
        private final Validator validator;
        private final ValueCheck values;
        private final Method method;
        private final boolean ofParameters;
        private final int[] within;

        Check(Validator validator, ValueCheck values, Method method, boolean ofParameters, int[] within) {
            this.validator = validator;
            this.values = values;
            this.method = method;
            this.ofParameters = ofParameters;
            this.within = within;
        }

        @Override
        public List<Violation> check(Object controller, Object[] arguments) {
            var found = new ArrayList<Violation>(0);
            if (ofParameters) {
                validator
                        .forExecutables()
                        .validateParameters(controller, method, arguments)
                        .forEach(violation -> found.add(violation(0, List.of(), violation)));
            }
            for (int parameter : within) {
                values.check(
                        arguments[parameter],
                        List.of(),
                        (path, violation) -> found.add(violation(parameter, path, violation)));
            }
            return sorted(found);
        }

        @Override
        public List<Violation> checkPart(int parameter, Class<?> owner, String property, Object part) {
            var found = new ArrayList<Violation>(0);
            if (owner != null) {
                values.checkProperty(owner, property, part, List.of(), (path, violation) -> {
                    Violation whole = violation(parameter, path, violation);
                    List<String> below = whole.path().subList(1, whole.path().size());
                    found.add(new Violation(parameter, below, whole.message()));
                });
            }
            values.check(part, List.of(), (path, violation) -> found.add(violation(parameter, path, violation)));
            return sorted(found);
        }

        @Override
        public void tryOut(Object controller) {
            try {
                if (ofParameters) {
                    validator.forExecutables().validateParameters(controller, method, nothing());
                }
            } catch (ValidationException e) {
                report(Place.of(method), e);
            }
        }

        private Object[] nothing() {
            return Arrays.stream(method.getParameterTypes())
                    .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                    .toArray();
        }
    }

    /** In the order of the parameters, each once: what has {@code @Valid} is found by the provider, too. */
    private static List<Violation> sorted(List<Violation> found) {
        return found.size() < 2
                ? found
                : found.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(Violation::parameter)
                                .thenComparing(violation -> String.join("/", violation.path()))
                                .thenComparing(Violation::message))
                        .toList();
    }

    private static Violation violation(int known, List<String> start, ConstraintViolation<?> violation) {
        int parameter = known; // a constraint on several parameters together is told of at the first
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

    /** An index or key belongs to what is before, a name to the node itself. */
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
}
