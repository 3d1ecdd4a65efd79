package dev.bistro.data.transaction;

import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.handler.Verbs;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports {@code @Transactional} where it begins no transaction: on anything but methods that answer requests. */
public final class TransactionAudit {
    private final Problems problems;
    private final Set<Method> reported = new HashSet<>();

    public TransactionAudit(Problems problems) {
        this.problems = problems;
    }

    /** Checks a class of the application; what is above a controller is checked with it. */
    public void check(Class<?> type) {
        boolean isController = type.isAnnotationPresent(Route.class);
        if (!isController && Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        for (Method method : methods(type)) {
            if (method.isAnnotationPresent(Transactional.class)
                    && !(isController && !Verbs.of(method).isEmpty())
                    && reported.add(method)) {
                problems.add(misplaced("A method that answers no requests has @Transactional", Place.of(method)));
            }
        }
        if (!isController && type.isAnnotationPresent(Transactional.class)) {
            problems.add(misplaced(Place.name(type) + " has @Transactional, but answers no requests", Place.of(type)));
        }
    }

    private static Problem misplaced(String what, Place place) {
        return Problem.of("misplaced-transaction", what + ": nothing begins a transaction there.")
                .at(place)
                .cure("Write it on the handler that calls it; or ask for a Transactions, and call"
                        + " transactions.run(() -> …) there.");
    }

    private static List<Method> methods(Class<?> type) {
        try {
            return Hierarchy.of(type).methods();
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return List.of(); // whatever makes objects of the class reports that
        }
    }
}
