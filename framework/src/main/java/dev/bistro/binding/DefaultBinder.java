package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** Binds one value, or another that is ready where the request has none. */
record DefaultBinder(ValueSource source, Conversion conversion, Object defaultValue) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        Optional<String> text = source.first(request);
        return text.isEmpty() ? defaultValue : conversion.convert(text.get(), source, faults);
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }
}
