package dev.bistro.scan;

import dev.bistro.index.ApplicationRule;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.Resource;
import io.github.classgraph.ScanResult;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the names of an application's classes in the package of its application class, and below: in folders and in archives. It reads class files and loads
 * none. With what it knows of a class file, {@link ScannedClass}, the only class that imports ClassGraph.
 */
final class ControllerScanner {
    private final Class<?> application;
    private final Problems problems;
    private final Map<String, Boolean> scopesAndQualifiers = new HashMap<>();

    ControllerScanner(Class<?> application, Problems problems) {
        this.application = application;
        this.problems = problems;
    }

    /** The classes that the application may need; a class file that can't be read is a problem. */
    List<String> scan() {
        var rule = new ApplicationRule(this::isScopeOrQualifier);
        try (ScanResult result = scanner().scan()) {
            reportUnread(result);
            return result.getAllClasses().stream()
                    .filter(type -> rule.isWanted(new ScannedClass(type)))
                    .map(ClassInfo::getName)
                    .toList();
        }
    }

    private ClassGraph scanner() {
        var graph = new ClassGraph();
        if (!application.getModule().isNamed()) {
            graph.addClassLoader(application.getClassLoader()).disableModuleScanning();
        }
        return graph.acceptPackages(application.getPackageName())
                .ignoreClassVisibility()
                .ignoreMethodVisibility()
                .ignoreFieldVisibility()
                .enableClassInfo()
                .enableMethodInfo()
                .enableFieldInfo()
                .enableAnnotationInfo()
                .disableNestedJarScanning();
    }

    /** ClassGraph passes over a file that is no class file, such as one that was written half. */
    private void reportUnread(ScanResult result) {
        Set<String> read = result.getAllClasses().stream()
                .map(type -> type.getName().replace('.', '/') + ".class")
                .collect(Collectors.toSet());
        for (Resource file : result.getResourcesWithExtension("class")) {
            String path = file.getPath();
            if (!read.contains(path) && !path.endsWith("package-info.class") && isOfApplication(path)) {
                problems.add(Problem.of("class-not-read", "The file " + path + " is no class file that can be read.")
                        .cure("Compile it again: mvn clean compile."));
            }
        }
    }

    private boolean isOfApplication(String path) {
        return path.startsWith(application.getPackageName().replace('.', '/') + "/");
    }

    /** An annotation's own annotations aren't in the application's files if it is a library's: it is loaded to look at them. */
    private boolean isScopeOrQualifier(String annotation) {
        return scopesAndQualifiers.computeIfAbsent(annotation, this::isOnceLoaded);
    }

    private boolean isOnceLoaded(String annotation) {
        try {
            Class<? extends Annotation> type = Class.forName(annotation, false, application.getClassLoader())
                    .asSubclass(Annotation.class);
            return type.isAnnotationPresent(Scope.class) || type.isAnnotationPresent(Qualifier.class);
        } catch (ClassNotFoundException e) {
            return false; // as if it weren't there: so Java itself has it
        } catch (LinkageError e) {
            problems.add(Unloadable.problem(annotation, e));
            return false;
        }
    }
}
