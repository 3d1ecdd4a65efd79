package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Binds a record, each component by a binder of its own. If its constructor throws an {@link IllegalArgumentException}, the client is told
 * that the values don't make such a record, and not more: the exception's text was written for us.
 *
 * @param names of the components
 * @param constructor takes an {@code Object[]} and gives an {@code Object}
 */
record RecordBinder(List<String> names, ParameterBinder[] components, MethodHandle constructor, String typeName)
        implements ParameterBinder {
    @Override
    public Object bind(Request request, Faults faults) {
        int faultsBefore = faults.count();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].bind(request, faults);
        }
        return faults.count() > faultsBefore ? null : construct(values, faults);
    }

    private Object construct(Object[] values, Faults faults) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (IllegalArgumentException invalid) {
            List<Source> sources = sources();
            if (sources.isEmpty()) {
                throw invalid;
            }
            sources.forEach(source -> faults.add(source, "doesn't make a valid " + typeName));
            return null;
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable checked) {
            throw new IllegalStateException("A record's constructor threw a checked exception", checked);
        }
    }

    @Override
    public InvalidValue invalid(List<String> path, String detail) {
        int component = path.isEmpty() ? -1 : names.indexOf(path.get(0));
        return component < 0
                ? ParameterBinder.super.invalid(path, detail)
                : components[component].invalid(path.subList(1, path.size()), detail);
    }

    @Override
    public boolean readsBody() {
        return Arrays.stream(components).anyMatch(ParameterBinder::readsBody);
    }

    @Override
    public List<Source> sources() {
        var sources = new ArrayList<Source>();
        for (ParameterBinder component : components) {
            sources.addAll(component.sources());
        }
        return sources;
    }
}
