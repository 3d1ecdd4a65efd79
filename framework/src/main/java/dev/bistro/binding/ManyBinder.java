package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.List;
import java.util.function.Function;

/**
 * Binds any number of values, gathered in a collection or array. None at all are not missing: they are the default, or an empty
 * collection. Of several values that are wrong, the first is told of, so that one parameter is one fault.
 */
record ManyBinder(ValueSource source, Conversion conversion, Object[] defaultValues, Function<Object[], Object> gather)
        implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        List<String> texts = source.all(request);
        if (texts.isEmpty()) {
            return gather.apply(defaultValues);
        }
        Object[] values = new Object[texts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = conversion.convert(texts.get(i), source, faults);
            if (values[i] == null) {
                return null;
            }
        }
        return gather.apply(values);
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }
}
