package dev.bistro.scan;

import dev.bistro.annotation.StaticFiles;
import dev.bistro.index.ClassIndex;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds and loads the classes of an application: by the index that was written when it was compiled; or by a scan, if
 * that is missing or out of date.
 */
final class ApplicationFinder {
    private final Class<?> application;
    private final Problems problems;

    ApplicationFinder(Class<?> application, Problems problems) {
        this.application = application;
        this.problems = problems;
    }

    ApplicationClasses find() {
        String name = application.getPackageName();
        if (name.isEmpty()) {
            problems.add(Problem.of("default-package", Place.name(application) + " is in no package.")
                    .at(Place.of(application))
                    .cure("Put it into one, such as com.example.shop: Bistro looks for controllers in its package and"
                            + " below."));
            return new ApplicationClasses(List.of(), List.of(), "nowhere");
        }
        if (OpenPackages.reportClosed(List.of(application), problems)) {
            return new ApplicationClasses(List.of(), List.of(), "nowhere");
        }
        ClassIndex index = ClassIndex.read(application);
        ApplicationClasses classes = index.obstacle().isEmpty()
                ? load(index.classNames(), "by the index")
                : load(
                        new ControllerScanner(application, problems).scan(),
                        "by a scan (no index: " + index.obstacle() + ")");
        if (classes.controllers().isEmpty() && !servesFiles() && problems.isEmpty()) {
            problems.add(Problem.of("no-controllers", "There is no controller in " + name + " or below.")
                    .at(Place.of(application))
                    .cure("Put @Route on a class in that package, or give classes to Bistro.app(…).classes(…)."));
        }
        return classes;
    }

    /** Whether the application class declares folders of files: these alone make an application. */
    private boolean servesFiles() {
        return application.getAnnotationsByType(StaticFiles.class).length > 0;
    }

    private ApplicationClasses load(List<String> names, String how) {
        var found = new ArrayList<Class<?>>();
        for (String name : names) {
            try {
                found.add(Class.forName(name, false, application.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(Unloadable.problem(name, e));
            }
        }
        return ApplicationClasses.of(found, how, problems);
    }
}
