package dev.bistro.binding;

import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** Binds one value, or another that is ready where the request has none. */
record DefaultBinder(Source source, Conversion conversion, Object defaultValue) implements ParameterBinder {
    @Override
    public Object bind(Request request, Faults faults) {
        Optional<String> text = source.first(request);
        return text.isEmpty() ? defaultValue : conversion.convert(text.get(), source, faults);
    }

    @Override
    public List<Source> sources() {
        return List.of(source);
    }
}
