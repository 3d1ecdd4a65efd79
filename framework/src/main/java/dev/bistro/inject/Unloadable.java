package dev.bistro.inject;

import dev.bistro.startup.Problem;

/** The problem of a class that can't be loaded, or can't be looked into because another that it names can't. */
public final class Unloadable {
    private Unloadable() {}

    /** The problem of this class, with what Java says to it. */
    public static Problem problem(String className, Throwable fault) {
        return Problem.of("class-not-loaded", "The class " + className + " can't be loaded: " + fault + ".")
                .cure(
                        "It needs a class that isn't on the class path, or is there in another version: have what it is compiled with among the dependencies.");
    }
}
