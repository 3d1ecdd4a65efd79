package dev.bistro.scan;

import dev.bistro.annotation.StaticFiles;
import dev.bistro.index.ClassIndex;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds and loads the classes of an application: by the index that was written when it was compiled; or by a scan, if
 * that is missing or out of date.
 */
final class ApplicationFinder {
    private final Class<?> application;
    private final ClassChoice choice;
    private final Problems problems;

    /** The classes that were found, and how. */
    private record Found(List<Class<?>> classes, String how) {
        static final Found NOTHING = new Found(List.of(), "nowhere");
    }

    ApplicationFinder(Class<?> application, ClassChoice choice, Problems problems) {
        this.application = application;
        this.choice = choice;
        this.problems = problems;
    }

    ApplicationClasses find() {
        boolean isSearch = choice.named().isEmpty();
        Found found = isSearch ? search() : new Found(choice.named(), "by name");
        var classes = new LinkedHashSet<>(found.classes);
        classes.addAll(Suitability.check(choice.added(), "add(…)", problems));
        checkLeftOut(classes);
        classes.removeAll(choice.leftOut());
        ApplicationClasses all = ApplicationClasses.of(classes, found.how, problems);
        if (isSearch && all.controllers().isEmpty() && !hasOtherRoutes() && problems.isEmpty()) {
            problems.add(Problem.of(
                            "no-controllers",
                            "There is no controller in " + application.getPackageName() + " or below.")
                    .at(Place.of(application))
                    .cure("Put @Route on a class in that package, or give classes to Bistro.app(…).classes(…)."));
        }
        return all;
    }

    private Found search() {
        String name = application.getPackageName();
        if (name.isEmpty()) {
            problems.add(Problem.of("default-package", Place.name(application) + " is in no package.")
                    .at(Place.of(application))
                    .cure("Put it into one, such as com.example.shop: Bistro looks for controllers in its package and"
                            + " below."));
            return Found.NOTHING;
        }
        if (OpenPackages.reportClosed(List.of(application), problems)) {
            return Found.NOTHING;
        }
        ClassIndex index = ClassIndex.read(application);
        return index.obstacle().isEmpty()
                ? load(index.classNames(), "by the index")
                : load(
                        new ControllerScanner(application, problems).scan(),
                        "by a scan (no index: " + index.obstacle() + ")");
    }

    private void checkLeftOut(Set<Class<?>> classes) {
        if (!problems.isEmpty()) {
            return; // it may not have been found because of that
        }
        choice.leftOut().stream()
                .filter(type -> !classes.contains(type) && !choice.ofLibraries().contains(type))
                .sorted(Comparator.comparing(Class::getName))
                .forEach(type -> problems.add(notFound(type, classes)));
    }

    private static Problem notFound(Class<?> type, Set<Class<?>> classes) {
        Problem problem = Problem.of(
                        "not-left-out", "without(…) leaves out " + Place.name(type) + ", which isn't found anyway.")
                .at(Place.of(type));
        List<String> instead = classes.stream()
                .filter(found -> found != type && type.isAssignableFrom(found))
                .map(found -> Place.name(found) + ".class")
                .sorted()
                .toList();
        return instead.isEmpty()
                ? problem.cure("Take it away from there. What an application is made of, it finds in its package and"
                        + " below, by classes(…) or add(…), or in a library; a class that is only made because another"
                        + " asks for it is replaced by with(" + Place.name(type) + ".class, …).")
                : problem.cure("Name what is found: without(" + String.join(", ", instead) + ").");
    }

    private boolean hasOtherRoutes() {
        return choice.hasOtherControllers() || servesFiles();
    }

    /** Whether the application class declares folders of files: these alone make an application. */
    private boolean servesFiles() {
        return application.getAnnotationsByType(StaticFiles.class).length > 0;
    }

    private Found load(List<String> names, String how) {
        var found = new ArrayList<Class<?>>();
        for (String name : names) {
            try {
                Class<?> type = Class.forName(name, false, application.getClassLoader());
                if (!choice.ofLibraries().contains(type)) {
                    found.add(type);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(Unloadable.problem(name, e));
            }
        }
        return new Found(found, how);
    }
}
