package dev.bistro.binding;

import dev.bistro.body.ClientFault;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import dev.bistro.types.TypeNames;
import dev.bistro.validation.Violation;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Binds a record, each component by a binder of its own. If the constructor rejects the values, the client learns that
 * they don't make such a record, and the reason if it is in the application's own words: see {@link ClientFault}.
 *
 * @param names of the components
 * @param constructor takes an {@code Object[]} and returns an {@code Object}
 */
record RecordBinder(List<String> names, ParameterBinder[] components, MethodHandle constructor, Class<?> type)
        implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        int faultsBefore = faults.count();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].bind(request, faults);
        }
        return faults.count() > faultsBefore ? null : construct(values, faults);
    }

    private Object construct(Object[] values, BindingFaults faults) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable thrown) {
            List<ValueSource> sources = sources();
            if (!sources.isEmpty() && ClientFault.is(thrown)) {
                reject(ClientFault.message(thrown, type), sources, faults);
                return null;
            }
            throw unchecked(thrown);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException("A record's constructor threw a checked exception", thrown);
    }

    /** Reports the constructor's message for the components that it mentions, or for all if it mentions none. */
    private void reject(Optional<String> says, List<ValueSource> all, BindingFaults faults) {
        var named = new ArrayList<ValueSource>();
        for (int i = 0; i < components.length && says.isPresent(); i++) {
            if (isNamed(names.get(i), says.get())) {
                named.addAll(components[i].sources());
            }
        }
        String detail = says.orElse("doesn't make a valid " + TypeNames.of(type));
        (named.isEmpty() ? all : named).forEach(source -> faults.add(source, detail));
    }

    private static boolean isNamed(String component, String says) {
        return Pattern.compile("\\b" + Pattern.quote(component) + "\\b")
                .matcher(says)
                .find();
    }

    @Override
    public InvalidValue invalid(Request request, List<Violation.Step> path, String detail) {
        int component = path.isEmpty() ? -1 : names.indexOf(path.get(0).name());
        return component < 0
                ? ParameterBinder.super.invalid(request, path, detail)
                : components[component].invalid(request, path.subList(1, path.size()), detail);
    }

    @Override
    public List<DescribedParameter> describe() {
        return Arrays.stream(components)
                .flatMap(component -> component.describe().stream())
                .toList();
    }

    @Override
    public List<DescribedError> errors() {
        return Arrays.stream(components)
                .flatMap(component -> component.errors().stream())
                .toList();
    }

    @Override
    public boolean readsBody() {
        return Arrays.stream(components).anyMatch(ParameterBinder::readsBody);
    }

    @Override
    public List<ValueSource> sources() {
        var sources = new ArrayList<ValueSource>();
        for (ParameterBinder component : components) {
            sources.addAll(component.sources());
        }
        return sources;
    }
}
