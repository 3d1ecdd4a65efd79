package dev.bistro.inject;

import jakarta.inject.Provider;

/** The {@code Provider} that the user's code gets. It throws what the code that makes the object throws. */
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
