package dev.bistro.inject;

import jakarta.inject.Provider;

/** Makes an object when the user's code asks for it. */
record LazyProvider(ObjectSource source) implements Provider<Object> {
    @Override
    public Object get() {
        try {
            return source.get();
        } catch (ObjectCreationException e) {
            throw e.atRequest();
        }
    }
}
