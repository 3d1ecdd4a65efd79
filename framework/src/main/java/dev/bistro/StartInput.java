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
 */
record StartInput(
        Class<?> application,
        List<String> args,
        Map<String, String> settings,
        Map<Class<?>, Object> instances,
        List<QualifiedInstance> qualified,
        List<Class<?>> classes) {
    /** An object to inject for a type with arguments or a qualifier. */
    record QualifiedInstance(Type type, List<Annotation> qualifiers, Object instance) {}
}
