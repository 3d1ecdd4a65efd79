package dev.bistro.data.transaction;

import dev.bistro.annotation.Route;
import dev.bistro.annotation.Transactional;
import dev.bistro.handler.Verbs;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports {@code @Transactional} where it begins no transaction: on anything but methods that answer requests. */
public final class TransactionAudit {
    private final Problems problems;
    private final Set<AnnotatedElement> reported = new HashSet<>();

    public TransactionAudit(Problems problems) {
        this.problems = problems;
    }

    /** Checks a class of the application; what is above it is checked with it. */
    public void check(Class<?> type) {
        boolean isController = type.isAnnotationPresent(Route.class);
        if (!isController && Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        Hierarchy hierarchy;
        try {
            hierarchy = Hierarchy.of(type);
            for (Method method : hierarchy.methods()) {
                check(hierarchy, method, isController);
            }
        } catch (LinkageError | TypeNotPresentException incomplete) {
            return; // whatever makes objects of the class reports that
        }
        if (!isController) {
            for (Class<?> above : hierarchy.all()) {
                if (above.isAnnotationPresent(Transactional.class) && reported.add(above)) {
                    problems.add(misplaced(
                            Place.name(type) + " has @Transactional, but answers no requests", Place.of(above)));
                }
            }
        }
    }

    private void check(Hierarchy hierarchy, Method method, boolean isController) {
        var declared = new ArrayList<Method>(List.of(method));
        declared.addAll(hierarchy.overridden(method));
        boolean isHandler = false;
        for (Method one : declared) {
            isHandler |= isController && !Verbs.of(one).isEmpty();
        }
        for (Method one : declared) {
            if (!isHandler && one.isAnnotationPresent(Transactional.class) && reported.add(one)) {
                problems.add(misplaced("A method that answers no requests has @Transactional", Place.of(one)));
            }
        }
    }

    private static Problem misplaced(String what, Place place) {
        return Problem.of("misplaced-transaction", what + ": nothing begins a transaction there.")
                .at(place)
                .cure("Write it on the handler that calls it; or ask for a Transactions, and call"
                        + " transactions.run(() -> …) there.");
    }
}
