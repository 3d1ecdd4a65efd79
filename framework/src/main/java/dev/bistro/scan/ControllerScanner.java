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
 * Finds the names of an application's classes in the package of its application class and below, in folders and in
 * archives. It reads class files and loads none. This class and {@link ScannedClass} are the only ones that import
 * ClassGraph.
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

    /** Reports files that are no class files, such as one that was half written: ClassGraph skips them. */
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

    /**
     * Whether an annotation is a scope or a qualifier. That takes the annotation itself: a library's isn't among the
     * application's files, so it is loaded.
     */
    private boolean isScopeOrQualifier(String annotation) {
        return scopesAndQualifiers.computeIfAbsent(annotation, this::isLoadedScopeOrQualifier);
    }

    private boolean isLoadedScopeOrQualifier(String annotation) {
        try {
            Class<? extends Annotation> type = Class.forName(annotation, false, application.getClassLoader())
                    .asSubclass(Annotation.class);
            return type.isAnnotationPresent(Scope.class) || type.isAnnotationPresent(Qualifier.class);
        } catch (ClassNotFoundException e) {
            return false; // Java itself ignores annotations that it can't find
        } catch (LinkageError e) {
            problems.add(Unloadable.problem(annotation, e));
            return false;
        }
    }
}
