package dev.bistro.inject;

/** Gives what goes to one place: an object, or what it is handed over in. Wired at startup, asked at any time, by any thread. */
@FunctionalInterface
interface ObjectSource {
    /**
     * The object.
     *
     * @throws ObjectCreationException if the user's code that makes it throws
     */
    Object get();
}
