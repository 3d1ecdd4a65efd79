package dev.bistro.binding;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.validation.Violation;
import java.util.List;
import java.util.Optional;

/** Makes one argument from a request. Made at startup, and used by many threads at once. */
@FunctionalInterface
interface ParameterBinder {
    /** Stands for a parameter that has a startup fault: nothing is bound in an application that didn't start. */
    ParameterBinder UNBOUND = (request, faults) -> {
        throw new IllegalStateException("A parameter with a startup fault can't be bound");
    };

    /** Stands for a parameter whose argument doesn't come from the request. */
    ParameterBinder ELSEWHERE = (request, faults) -> null;

    /** Reports a startup fault, and stands for the parameter that has it. */
    static ParameterBinder unbound(Problem fault, Problems problems) {
        problems.add(fault);
        return UNBOUND;
    }

    /** The argument; null if it couldn't be made, and the reason is among the faults. */
    Object bind(Request request, BindingFaults faults);

    /**
     * Describes what is wrong with the argument, or with a value in it, by its place in the request.
     *
     * @param request from which the argument was made
     * @param path from the argument to the value
     */
    default InvalidValue invalid(Request request, List<Violation.Step> path, String detail) {
        return sources().stream()
                .findFirst()
                .map(source -> new InvalidValue(source.in(), source.name(), detail))
                .orElseGet(() -> new InvalidValue(
                        InvalidValue.In.BODY,
                        JsonPointer.of(path, (owner, property) -> Optional.of(property)),
                        detail));
    }

    /** The places in a request where the argument's texts come from. */
    default List<ValueSource> sources() {
        return List.of();
    }

    /** What it takes from requests, for descriptions; without the constraints, which are checked later. */
    default List<DescribedParameter> describe() {
        return List.of();
    }

    /** What it answers requests with that it can't bind. */
    default List<DescribedError> errors() {
        return sources().isEmpty() ? List.of() : List.of(BindingFaults.DESCRIBED);
    }

    /** Whether it reads the body, or the form that was read from it. */
    default boolean readsBody() {
        return sources().stream().anyMatch(source -> source.in() == InvalidValue.In.FORM);
    }
}
