package dev.bistro.scan;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reports packages that an application's module doesn't open. On the module path, Bistro and Jackson may only call what
 * is opened to them. All packages are checked at startup, with or without controllers: the classes of JSON values are
 * known only when they are written. On the class path everything is open.
 */
final class OpenPackages {
    private OpenPackages() {}

    /**
     * Adds a problem for each closed package of these classes and below, within their modules. Returns whether there is
     * one.
     */
    static boolean reportClosed(Collection<Class<?>> classes, Problems problems) {
        Map<String, Class<?>> closed = new TreeMap<>(); // package to the first class that leads to it
        classes.stream()
                .filter(type -> type.getModule().isNamed())
                .sorted(Comparator.comparing(Class::getName))
                .forEach(type -> packages(type)
                        .filter(name -> !isOpen(type.getModule(), name))
                        .forEach(name -> closed.putIfAbsent(name, type)));
        closed.forEach((name, type) -> problems.add(problem(name, type)));
        return !closed.isEmpty();
    }

    private static Stream<String> packages(Class<?> type) {
        String own = type.getPackageName();
        return type.getModule().getPackages().stream().filter(name -> name.equals(own) || name.startsWith(own + "."));
    }

    private static boolean isOpen(Module module, String name) {
        return module.isOpen(name, OpenPackages.class.getModule()) && module.isOpen(name, JsonCodec.module());
    }

    private static Problem problem(String name, Class<?> type) {
        String module = type.getModule().getName();
        return Problem.of("closed-package", "The module " + module + " doesn't open its package " + name + ".")
                .at(Place.of(type))
                .cure("Add to module-info.java: opens " + name + " to dev.bistro, "
                        + JsonCodec.module().getName() + ";")
                .cure("The second reads and writes JSON. Or open all that it has: open module " + module + " { … }");
    }
}
