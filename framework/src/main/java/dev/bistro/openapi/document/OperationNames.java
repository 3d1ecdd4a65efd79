package dev.bistro.openapi.document;

import dev.bistro.description.DescribedRoute;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names that clients in other languages call operations by: {@code productFind} for {@code ProductController.find}.
 * The controller is always in it, so that a route that is added elsewhere changes no name; of several methods with one
 * name, the later ones have a number.
 */
final class OperationNames {
    private static final String CONTROLLER = "Controller";

    private final Set<String> taken = new HashSet<>();

    /** The name of a route's operation, which no other has. */
    String of(DescribedRoute route) {
        String method = route.handler().map(java.lang.reflect.Method::getName).orElse("open");
        String name = uncapitalized(tag(route)) + capitalized(method);
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }

    /** The name of the group that a route's operation is in: {@code Product}. */
    static String tag(DescribedRoute route) {
        String name = route.controller().map(Class::getSimpleName).orElse("Files");
        boolean isMarked = name.endsWith(CONTROLLER) && name.length() > CONTROLLER.length();
        return isMarked ? name.substring(0, name.length() - CONTROLLER.length()) : name;
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String uncapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
