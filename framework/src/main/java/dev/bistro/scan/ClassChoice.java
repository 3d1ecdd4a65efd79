package dev.bistro.scan;

import java.util.List;
import java.util.Set;

/**
 * What a program says about the classes that are found.
 *
 * @param named these instead of those that would be found; empty if they are to be found
 * @param added these, too
 * @param leftOut none of these
 * @param ofLibraries the classes of libraries, which aren't the application's although they may be in its package
 * @param hasOtherControllers whether libraries have controllers, so that the application needs none
 */
public record ClassChoice(
        List<Class<?>> named,
        List<Class<?>> added,
        Set<Class<?>> leftOut,
        Set<Class<?>> ofLibraries,
        boolean hasOtherControllers) {
    /** All that is found, and nothing else. */
    static final ClassChoice NONE = new ClassChoice(List.of(), List.of(), Set.of(), Set.of(), false);
}
