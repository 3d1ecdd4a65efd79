package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Binds one value or none, wrapped in an {@link Optional} or one of its kin. */
record OptionalBinder(ValueSource source, Conversion conversion, Object empty, UnaryOperator<Object> wrap)
        implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        Optional<String> text = source.first(request);
        if (text.isEmpty()) {
            return empty;
        }
        Object value = conversion.convert(text.get(), source, faults);
        return value == null ? null : wrap.apply(value);
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }
}
