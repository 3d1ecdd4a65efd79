package dev.bistro.controller;

import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.http.Converter;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the classes of an application in the package of its application class, and below: in folders and in jars. It reads class files, and loads only the
 * classes that are needed. The only class that imports ClassGraph.
 */
public final class ControllerScanner {
    private static final Set<String> EXTENSIONS = Set.of(Converter.class.getName(), BodyCodec.class.getName());

    private final Class<?> application;
    private final Problems problems;

    private ControllerScanner(Class<?> application, Problems problems) {
        this.application = application;
        this.problems = problems;
    }

    /** Finds controllers, and what injection may need: what can't be found or loaded is a problem. */
    public static ApplicationClasses scan(Class<?> application, Problems problems) {
        return new ControllerScanner(application, problems).scan();
    }

    private ApplicationClasses scan() {
        String name = application.getPackageName();
        if (name.isEmpty()) {
            problems.add(
                    Problem.of("default-package", Place.name(application) + " is in no package.")
                            .at(Place.of(application))
                            .cure(
                                    "Put it into one, such as com.example.shop: Bistro looks for controllers in its package and below."));
            return new ApplicationClasses(List.of(), List.of());
        }
        var found = new ArrayList<Class<?>>();
        var stray = new ArrayList<Class<?>>();
        try (ScanResult result = scanner(name).scan()) {
            for (ClassInfo type : result.getAllClasses()) {
                if (isWanted(type)) {
                    load(type, found);
                } else if (isStray(type)) {
                    load(type, stray);
                }
            }
        }
        ApplicationClasses classes = ApplicationClasses.of(found, problems);
        ApplicationClasses.checkStray(stray, classes.controllers(), problems);
        if (classes.controllers().isEmpty() && problems.isEmpty()) {
            problems.add(Problem.of("no-controllers", "There is no controller in " + name + " or below.")
                    .at(Place.of(application))
                    .cure("Put @Route on a class in that package, or give classes to Bistro.app(…).classes(…)."));
        }
        return classes;
    }

    private ClassGraph scanner(String packageName) {
        return new ClassGraph()
                .addClassLoader(application.getClassLoader())
                .acceptPackages(packageName)
                .ignoreClassVisibility()
                .ignoreMethodVisibility()
                .ignoreFieldVisibility()
                .enableClassInfo()
                .enableMethodInfo()
                .enableFieldInfo()
                .enableAnnotationInfo()
                .disableNestedJarScanning()
                .disableModuleScanning();
    }

    private boolean isWanted(ClassInfo type) {
        if (type.isAnnotation()) {
            return false;
        }
        if (type.hasAnnotation(Route.class)) {
            return true;
        }
        return type.isStandardClass() && !type.isAbstract() && (isMarked(type) || implementsSomething(type));
    }

    /** Whether it may be a controller that lacks its {@code @Route}. */
    private static boolean isStray(ClassInfo type) {
        return type.isStandardClass()
                && !type.isAbstract()
                && Verbs.annotations().stream().anyMatch(type::hasDeclaredMethodAnnotation);
    }

    private static boolean isMarked(ClassInfo type) {
        return type.hasAnnotation(Factory.class)
                || type.hasDeclaredMethodAnnotation(Inject.class)
                || type.hasDeclaredFieldAnnotation(Inject.class)
                || type.getDeclaredConstructorInfo().stream().anyMatch(c -> c.hasAnnotation(Inject.class))
                || type.getAnnotations().stream()
                        .anyMatch(a ->
                                a.hasAnnotation(Scope.class) || a.hasAnnotation(Qualifier.class) || isInjectOwn(a));
    }

    /** {@code @Singleton} and {@code @Named}, whose own annotations aren't among the classes that are scanned. */
    private static boolean isInjectOwn(ClassInfo annotation) {
        return annotation.getPackageName().equals("jakarta.inject");
    }

    /** Whether it may be what an interface or abstract class of the application stands for. */
    private boolean implementsSomething(ClassInfo type) {
        boolean named = !type.isAnonymousInnerClass() && !type.isRecord() && !type.isEnum() && !type.isInnerClass()
                || type.isStatic() && !type.isRecord() && !type.isEnum();
        return named
                && (type.getInterfaces().stream().anyMatch(this::isOurs)
                        || type.getSuperclasses().stream().anyMatch(above -> above.isAbstract() && isOurs(above)));
    }

    private boolean isOurs(ClassInfo type) {
        String own = application.getPackageName();
        return type.getPackageName().equals(own)
                || type.getPackageName().startsWith(own + ".")
                || EXTENSIONS.contains(type.getName());
    }

    private void load(ClassInfo type, List<Class<?>> found) {
        try {
            found.add(Class.forName(type.getName(), false, application.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            problems.add(
                    Problem.of("class-not-loaded", "The class " + type.getName() + " can't be loaded: " + e + ".")
                            .cure(
                                    "It needs a class that isn't on the class path: add what it is compiled with to the dependencies."));
        }
    }
}
