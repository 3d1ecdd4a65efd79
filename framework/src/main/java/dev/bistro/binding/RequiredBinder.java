package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** Binds one value that has to be there. */
record RequiredBinder(ValueSource source, Conversion conversion) implements ParameterBinder {
    @Override
    public Object bind(Request request, BindingFaults faults) {
        Optional<String> text = source.first(request);
        if (text.isEmpty()) {
            faults.missing(source);
            return null;
        }
        return conversion.convert(text.get(), source, faults);
    }

    @Override
    public List<ValueSource> sources() {
        return List.of(source);
    }
}
