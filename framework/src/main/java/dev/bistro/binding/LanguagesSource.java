package dev.bistro.binding;

import dev.bistro.http.AcceptLanguage;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.Request;
import java.util.List;
import java.util.Optional;

/** The languages that the client likes, the dearest first. */
record LanguagesSource() implements ValueSource {
    static final String FIELD = "Accept-Language";

    @Override
    public String name() {
        return FIELD;
    }

    @Override
    public InvalidValue.In in() {
        return InvalidValue.In.HEADER;
    }

    @Override
    public Optional<String> first(Request request) {
        return all(request).stream().findFirst();
    }

    @Override
    public List<String> all(Request request) {
        return AcceptLanguage.of(request).tags();
    }
}
