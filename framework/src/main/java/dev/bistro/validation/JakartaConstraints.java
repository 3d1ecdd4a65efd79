package dev.bistro.validation;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
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
    private final Problems problems;
    private final Optional<ValidatorFactory> provider;

    JakartaConstraints(Problems problems) {
        this.problems = problems;
        this.provider = findProvider();
    }

    private Optional<ValidatorFactory> findProvider() {
        try {
            return Optional.of(Validation.buildDefaultValidatorFactory());
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
        provider.ifPresent(ValidatorFactory::close);
    }

    @Override
    public Optional<ConstraintCheck> of(ResolvedMethod method, IntPredicate isRead) {
        if (provider.isEmpty()) {
            reportUnchecked(method);
            return Optional.empty();
        }
        try {
            var audit = new ConstraintAudit(provider.get(), problems);
            return check(provider.get().getValidator(), audit, method, isRead);
        } catch (ValidationException e) {
            ConstraintAudit.report(Place.of(method.method()), e, problems);
            return Optional.empty();
        }
    }

    private static Optional<ConstraintCheck> check(
            Validator validator, ConstraintAudit audit, ResolvedMethod resolved, IntPredicate isRead) {
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
                ? Optional.of(new MethodCheck(validator, values, audit, method, onParameters, within))
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
            var audit = new ConstraintAudit(provider.get(), problems);
            var values = new ValueCheck(provider.get().getValidator());
            return audit.mayHoldConstraints(type, values, false)
                    ? value -> violations(values, value)
                    : value -> List.of();
        } catch (ValidationException e) {
            ConstraintAudit.report(Place.of(type), e, problems);
            return value -> List.of();
        }
    }

    private static List<Violation> violations(ValueCheck values, Object value) {
        var found = new ArrayList<Violation>();
        values.check(value, (path, violation) -> found.add(Violations.of(0, path, violation)));
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
