package dev.bistro.validation;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import jakarta.validation.BootstrapConfiguration;
import jakarta.validation.Configuration;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The constraints of jakarta.validation: those on parameters, and those within what parameters hold, which need no
 * {@code @Valid} on the parameter. {@link ConstraintAudit} reports what is wrong with them at startup;
 * {@link MethodCheck} checks them at request time.
 */
final class JakartaConstraints implements Constraints {
    private final List<Locale> languages;
    private final Problems problems;
    private final Optional<Provider> provider;

    /** A provider, and what is told to the clients of it. */
    private record Provider(ValidatorFactory factory, InjectedValidators validators, MessageLanguages languages) {
        /** The one that tells violations in the usual language. */
        Validator validator() {
            return languages.validator(List.of());
        }
    }

    JakartaConstraints(List<Locale> languages, Problems problems) {
        this.languages = languages;
        this.problems = problems;
        this.provider = findProvider();
    }

    private Optional<Provider> findProvider() {
        try {
            Configuration<?> configuration = Validation.byDefaultProvider().configure();
            BootstrapConfiguration file = configuration.getBootstrapConfiguration(); // META-INF/validation.xml
            var validators = new InjectedValidators(configuration.getDefaultConstraintValidatorFactory());
            if (file.getConstraintValidatorFactoryClassName() == null) {
                configuration.constraintValidatorFactory(validators);
            }
            ValidatorFactory factory = configuration.buildValidatorFactory();
            return Optional.of(new Provider(
                    factory,
                    validators,
                    new MessageLanguages(factory, languages, file.getMessageInterpolatorClassName() != null)));
        } catch (NoProviderFoundException apiAlone) {
            return Optional.empty(); // no fault until there is something to check
        } catch (ValidationException e) {
            problems.add(Problem.of(
                            "no-validation",
                            "What checks constraints can't be made: " + ConstraintAudit.messages(e) + ".")
                    .cure("Hibernate Validator needs an implementation of the expression language beside it:"
                            + " org.glassfish.expressly:expressly."));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        provider.ifPresent(known -> known.factory.close());
    }

    @Override
    public Map<Class<?>, Object> injectables() {
        return provider.<Map<Class<?>, Object>>map(known -> Map.of(Validator.class, known.validator()))
                .orElse(Map.of());
    }

    @Override
    public List<Class<?>> injected(Collection<Class<?>> classes) {
        return classes.stream().filter(InjectedValidators::isOne).toList();
    }

    @Override
    public void makeBy(Function<Class<?>, Object> injection) {
        provider.ifPresent(known -> known.validators.makeBy(injection));
    }

    @Override
    public Optional<ConstraintCheck> of(ResolvedMethod method, IntPredicate isRead) {
        if (provider.isEmpty()) {
            reportUnchecked(method);
            return Optional.empty();
        }
        try {
            var audit = new ConstraintAudit(provider.get().factory, problems);
            return check(provider.get().languages, audit, method, isRead);
        } catch (ValidationException e) {
            ConstraintAudit.report(Place.of(method.method()), e, problems);
            return Optional.empty();
        }
    }

    private static Optional<ConstraintCheck> check(
            MessageLanguages languages, ConstraintAudit audit, ResolvedMethod resolved, IntPredicate isRead) {
        Validator validator = languages.validator(List.of());
        Method method = resolved.method();
        Parameter[] parameters = method.getParameters();
        MethodDescriptor descriptor = validator
                .getConstraintsForClass(resolved.hierarchy().type())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        audit.inspect(Optional.ofNullable(descriptor), parameters);
        boolean onParameters = descriptor != null && descriptor.hasConstrainedParameters()
                || Stream.of(parameters)
                        .anyMatch(one -> ConstraintMarks.isConstrained(one) || ConstraintMarks.isCascaded(one));
        var values = new ValueCheck(validator);
        int[] within = IntStream.range(0, parameters.length)
                .filter(i ->
                        audit.mayHoldConstraints(resolved.parameters().get(i).type(), values, isRead.test(i)))
                .toArray();
        return onParameters || within.length > 0
                ? Optional.of(new MethodCheck(
                        languages,
                        values,
                        audit,
                        resolved,
                        onParameters,
                        ConstraintGroups.of(Optional.ofNullable(descriptor), parameters.length),
                        within))
                : Optional.empty();
    }

    @Override
    public Function<Object, List<Violation>> of(Class<?> type) {
        if (provider.isEmpty()) {
            if (ValueParts.mayHold(type, ConstraintMarks::declaresConstraints, false)) {
                problems.add(unchecked(Place.of(type)));
            }
            return value -> List.of();
        }
        try {
            var audit = new ConstraintAudit(provider.get().factory, problems);
            Validator validator = provider.get().validator();
            var values = new ValueCheck(validator);
            int faults = problems.found().size();
            boolean mayHold = audit.mayHoldConstraints(type, values, false);
            return mayHold && problems.found().size() == faults
                    ? value -> violations(values, validator, value)
                    : value -> List.of();
        } catch (ValidationException e) {
            ConstraintAudit.report(Place.of(type), e, problems);
            return value -> List.of();
        }
    }

    private static List<Violation> violations(ValueCheck values, Validator validator, Object value) {
        var found = new ArrayList<Violation>();
        values.check(
                value,
                new ValueCheck.Run(
                        validator,
                        ConstraintGroups.USUAL,
                        (path, violation) -> found.add(Violations.of(0, path, violation))));
        return Violations.sorted(found);
    }

    /** Without a provider, constraints are a fault: nothing would ever check them. */
    private void reportUnchecked(ResolvedMethod method) {
        for (ResolvedMethod.Taken taken : method.parameters()) {
            boolean within = ValueParts.mayHold(taken.type(), ConstraintMarks::declaresConstraints, false);
            if (within || ConstraintMarks.isConstrained(taken.parameter())) {
                problems.add(unchecked(Place.of(taken.parameter())));
            }
        }
    }

    private static Problem unchecked(Place place) {
        return Problem.of("no-validation", "There are constraints, and nothing checks them.")
                .at(place)
                .cure("Add a provider of jakarta.validation to the dependencies:"
                        + " org.hibernate.validator:hibernate-validator and org.glassfish.expressly:expressly.");
    }
}
