package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;

/** Makes one argument of a request; made at startup, used by many threads at once. */
@FunctionalInterface
interface ParameterBinder {
    /** Stands for a parameter that has a startup fault: nothing is bound in an application that didn't start. */
    ParameterBinder UNBOUND = (request, faults) -> {
        throw new IllegalStateException("A parameter with a startup fault can't be bound");
    };

    /** Stands for a parameter that somebody else has an argument for. */
    ParameterBinder ELSEWHERE = (request, faults) -> null;

    /** The argument; null if there is none because of what was added to the faults. */
    Object bind(Request request, BindingFaults faults);

    /** What is wrong with what was bound, or with what is in it at a path of names, keys and indexes: the place in the request where it came from. */
    default InvalidValue invalid(List<String> path, String detail) {
        return sources().stream()
                .findFirst()
                .map(source -> new InvalidValue(source.in(), source.name(), detail))
                .orElseGet(() -> new InvalidValue(InvalidValue.In.BODY, JsonPointer.of(path), detail));
    }

    /** Where in a request the argument's texts come from. */
    default List<ValueSource> sources() {
        return List.of();
    }

    /** Whether it reads the body, or the form that was read from it. */
    default boolean readsBody() {
        return sources().stream().anyMatch(source -> source.in() == InvalidValue.In.FORM);
    }
}
