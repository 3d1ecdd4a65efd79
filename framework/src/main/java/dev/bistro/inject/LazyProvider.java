package dev.bistro.inject;

import jakarta.inject.Provider;

/** Makes an object when the user's code asks for it. */
record LazyProvider(Source source) implements Provider<Object> {
    @Override
    public Object get() {
        try {
            return source.get();
        } catch (NotMade e) {
            throw e.atRequest();
        }
    }
}
