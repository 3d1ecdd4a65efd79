package dev.bistro.routing;

import dev.bistro.http.Method;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;

/** Compares the routes of a table, two at a time: none may be a duplicate, ambiguous, or unreachable. */
final class RouteAudit<T> {
    private final List<RouteEntry<T>> routes;
    private final Problems problems;

    RouteAudit(List<RouteEntry<T>> routes, Problems problems) {
        this.routes = routes;
        this.problems = problems;
    }

    void check() {
        for (int i = 0; i < routes.size(); i++) {
            for (int j = i + 1; j < routes.size(); j++) {
                check(routes.get(i), routes.get(j));
            }
        }
    }

    private void check(RouteEntry<T> one, RouteEntry<T> other) {
        if (!answersRequestsOf(one, other) && !answersRequestsOf(other, one)) {
            return;
        }
        var pair = new TemplatePair(one.template(), other.template());
        if (pair.isSame()) {
            checkDuplicate(one, other);
        } else if (pair.order() == 0) {
            checkAmbiguous(one, other, pair);
        } else if (pair.order() < 0) {
            checkUnreachable(other, one);
        } else {
            checkUnreachable(one, other);
        }
    }

    /** Whether the first route may answer requests for the method of the second: it is the same, or GET for HEAD. */
    private static boolean answersRequestsOf(RouteEntry<?> one, RouteEntry<?> other) {
        return one.method().equals(other.method())
                || one.method().equals(Method.GET) && other.method().equals(Method.HEAD);
    }

    private void checkDuplicate(RouteEntry<T> one, RouteEntry<T> other) {
        if (!one.method().equals(other.method())) {
            return;
        }
        Problem problem = Problem.of(
                        "duplicate-route",
                        one.toString().equals(other.toString())
                                ? one + " is declared twice."
                                : one + " and " + other + " are the same route: they match the same paths.")
                .at(one.place())
                .at(other.place())
                .cure("Remove one of them, or give it another method or path.");
        problems.add(
                one.toString().equals(other.toString())
                        ? problem
                        : problem.cure("Or name their variables alike, and tell the methods apart by @Produces or"
                                + " @Consumes."));
    }

    private void checkAmbiguous(RouteEntry<T> one, RouteEntry<T> other, TemplatePair pair) {
        if (!pair.overlaps()) {
            return;
        }
        problems.add(Problem.of(
                        "ambiguous-routes",
                        one + " and " + other + " are equally specific, and "
                                + pair.commonPath()
                                        .map(path -> path + " matches both.")
                                        .orElse("nothing shows that no path matches both."))
                .at(one.place())
                .at(other.place())
                .cure("Make one of them more specific (literal, typed, regex, literals beside a variable, plain, rest;"
                        + " in this order), or give it another path."));
    }

    private void checkUnreachable(RouteEntry<T> hidden, RouteEntry<T> first) {
        if (!answersRequestsOf(first, hidden) || !TemplatePair.covers(first.template(), hidden.template())) {
            return;
        }
        problems.add(Problem.of(
                        "unreachable-route",
                        hidden + " is never reached: " + first + " is more specific and takes all of its paths.")
                .at(hidden.place())
                .at(first.place())
                .cure("Remove one of them, or narrow the constraint of " + first.template() + "."));
    }
}
