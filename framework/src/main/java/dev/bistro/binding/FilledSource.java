package dev.bistro.binding;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A source for types of which a blank text is no value: there it counts as none. Browsers send each field of a form,
 * also those that nobody filled in.
 */
record FilledSource(ValueSource source, Predicate<String> isBlank) implements ValueSource {
    @Override
    public InvalidValue.In in() {
        return source.in();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Optional<String> first(Request request) {
        Optional<String> first = source.first(request);
        return first.isPresent() && isBlank.test(first.get())
                ? all(request).stream().findFirst()
                : first;
    }

    @Override
    public List<String> all(Request request) {
        List<String> all = source.all(request);
        return all.stream().anyMatch(isBlank)
                ? all.stream().filter(isBlank.negate()).toList()
                : all;
    }
}
