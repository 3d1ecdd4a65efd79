package dev.bistro;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/**
 * What a program starts its application with.
 *
 * @param application a class in the application's package
 * @param args the command line
 * @param settings those that the program sets itself, stronger than all others
 * @param instances objects to inject, by the class that they are injected for
 * @param qualified objects to inject for types that a class alone doesn't name
 * @param classes the application's classes; empty if they are to be found
 * @param added classes of the application besides these
 * @param leftOut classes of the application and of libraries, and libraries, that take no part
 */
record StartInput(
        Class<?> application,
        List<String> args,
        Map<String, String> settings,
        Map<Class<?>, Object> instances,
        List<QualifiedInstance> qualified,
        List<Class<?>> classes,
        List<Class<?>> added,
        List<Class<?>> leftOut) {
    /** An object to inject for a type with arguments or a qualifier. */
    record QualifiedInstance(Type type, List<Annotation> qualifiers, Object instance) {}
}
