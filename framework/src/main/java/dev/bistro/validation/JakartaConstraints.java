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
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The constraints of jakarta.validation: those on parameters, and those within what parameters hold, which needs no {@code @Valid} there. The only class that
 * imports it, with {@link ConstraintTypes}.
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
    public Optional<ConstraintCheck> of(ResolvedMethod resolved) {
        Method method = resolved.method();
        if (provider.isEmpty()) {
            reportUnchecked(resolved);
            return Optional.empty();
        }
        try {
            return check(provider.get().getValidator(), resolved);
        } catch (ValidationException e) {
            problems.add(badConstraint(Place.of(method), e));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        provider.ifPresent(ValidatorFactory::close);
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
            Parameter parameter = taken.parameter();
            Stream<? extends AnnotatedElement> fields =
                    taken.raw().isRecord() ? Stream.of(taken.raw().getDeclaredFields()) : Stream.empty();
            if (hasConstraint(parameter) || fields.anyMatch(field -> hasMark(field, CONSTRAINT))) {
                problems.add(
                        Problem.of("no-validation", "There are constraints, and nothing checks them.")
                                .at(Place.of(parameter))
                                .cure(
                                        "Add a provider of jakarta.validation to the dependencies: org.hibernate.validator:hibernate-validator and org.glassfish.expressly:expressly."));
            }
        }
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

    private Optional<ConstraintCheck> check(Validator validator, ResolvedMethod resolved) {
        Method method = resolved.method();
        List<ResolvedMethod.Taken> taken = resolved.parameters();
        MethodDescriptor descriptor = validator
                .getConstraintsForClass(resolved.hierarchy().type())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        Parameter[] parameters = method.getParameters();
        if (descriptor != null) {
            reportUnfit(descriptor, parameters);
        }
        boolean ofParameters = descriptor != null && descriptor.hasConstrainedParameters()
                || Stream.of(parameters).anyMatch(one -> hasConstraint(one) || isCascaded(one));
        int[] within = IntStream.range(0, parameters.length)
                .filter(i -> !isCascaded(parameters[i]) && hasConstraintsWithin(validator, taken.get(i)))
                .toArray();
        return ofParameters || within.length > 0
                ? Optional.of(new Check(validator, method, ofParameters, within))
                : Optional.empty();
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

    private boolean hasConstraintsWithin(Validator validator, ResolvedMethod.Taken parameter) {
        Class<?> element = element(parameter.type());
        if (element.isPrimitive() || element.getName().startsWith("java.")) {
            return false;
        }
        BeanDescriptor bean = validator.getConstraintsForClass(element);
        for (ConstraintDescriptor<?> constraint : bean.getConstraintDescriptors()) {
            constraint.getConstraintValidatorClasses().forEach(type -> tryToMake(type, Place.of(element)));
        }
        for (PropertyDescriptor property : bean.getConstrainedProperties()) {
            try {
                validator.validateValue(element, property.getPropertyName(), null);
            } catch (ValidationException e) {
                report(place(element, property), e);
            }
        }
        return bean.isBeanConstrained();
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

    /** What a parameter holds, or itself: {@code NewProduct} of {@code List<NewProduct>} and of {@code NewProduct}. */
    private static Class<?> element(Type type) {
        if (type instanceof Class<?> c) {
            return c.isArray() ? c.getComponentType() : c;
        }
        if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> raw) {
            boolean holds = Iterable.class.isAssignableFrom(raw) || raw == Optional.class;
            return holds ? element(p.getActualTypeArguments()[0]) : raw;
        }
        return Object.class;
    }

    private final class Check implements ConstraintCheck {
        private final Validator validator;
        private final Method method;
        private final boolean ofParameters;
        private final int[] within;

        Check(Validator validator, Method method, boolean ofParameters, int[] within) {
            this.validator = validator;
            this.method = method;
            this.ofParameters = ofParameters;
            this.within = within;
        }

        @Override
        public List<Violation> check(Object controller, Object[] arguments) {
            List<Violation> found = ofParameters
                    ? added(
                            List.of(),
                            0,
                            List.of(),
                            validator.forExecutables().validateParameters(controller, method, arguments))
                    : List.of();
            for (int parameter : within) {
                found = checkWithin(found, parameter, arguments[parameter]);
            }
            if (found.size() > 1) {
                found.sort(Comparator.comparingInt(Violation::parameter)
                        .thenComparing(violation -> String.join("/", violation.path()))
                        .thenComparing(Violation::message));
            }
            return found;
        }

        private List<Violation> checkWithin(List<Violation> found, int parameter, Object argument) {
            if (argument instanceof Iterable<?> several) {
                List<Violation> all = found;
                int index = 0;
                for (Object one : several) {
                    all = added(all, parameter, List.of(String.valueOf(index++)), validate(one));
                }
                return all;
            }
            if (argument instanceof Object[] several) {
                return checkWithin(found, parameter, Arrays.asList(several));
            }
            Object bean = argument instanceof Optional<?> optional ? optional.orElse(null) : argument;
            return added(found, parameter, List.of(), validate(bean));
        }

        private Set<ConstraintViolation<Object>> validate(Object bean) {
            return bean == null ? Set.of() : validator.validate(bean);
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

    /** The violations so far and more; the list is made for the first. */
    private static List<Violation> added(
            List<Violation> found, int parameter, List<String> start, Set<? extends ConstraintViolation<?>> more) {
        if (more.isEmpty()) {
            return found;
        }
        List<Violation> all = found.isEmpty() ? new ArrayList<>() : found;
        more.forEach(violation -> all.add(violation(parameter, start, violation)));
        return all;
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
