package dev.bistro.types;

import java.util.Optional;

/** A class of a library, or of a module of the JDK, that may be missing. */
public final class OptionalClass {
    private OptionalClass() {}

    /** The class, which isn't initialized; empty if the classes of this loader don't have it, or it can't be loaded. */
    public static Optional<Class<?>> find(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
