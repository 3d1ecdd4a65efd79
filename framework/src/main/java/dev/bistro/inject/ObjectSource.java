package dev.bistro.inject;

/** Gives the argument of one injection point: an object or a wrapper of it. Built at startup, asked by any thread. */
@FunctionalInterface
interface ObjectSource {
    /**
     * The object.
     *
     * @throws ObjectCreationException if the user's code that makes it throws
     */
    Object get();
}
