package dev.bistro.inject;

import dev.bistro.inject.Maker.Edge;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with the makers as a whole: circles, and objects of one request that others would keep. */
final class GraphAudit {
    private final Problems problems;
    private final Set<Maker> done = new HashSet<>();
    private final List<Maker> way = new ArrayList<>();
    private final List<Edge> steps = new ArrayList<>();

    GraphAudit(Problems problems) {
        this.problems = problems;
    }

    void check(List<Maker> makers) {
        makers.forEach(this::findCircles);
        makers.stream()
                .filter(maker -> maker.lifetime() == Lifetime.SINGLETON)
                .forEach(maker -> findKept(maker, maker, new ArrayList<>(), new HashSet<>()));
    }

    private void findCircles(Maker maker) {
        if (!done.add(maker)) {
            return;
        }
        way.add(maker);
        for (Edge edge : maker.edges()) {
            if (edge.isDeferred()) {
                continue;
            }
            steps.add(edge);
            int before = way.indexOf(edge.to());
            if (before >= 0) {
                problems.add(circle(edge.to(), steps.subList(before, steps.size())));
            } else {
                findCircles(edge.to());
            }
            steps.remove(steps.size() - 1);
        }
        way.remove(way.size() - 1);
    }

    private static Problem circle(Maker maker, List<Edge> steps) {
        Problem problem = Problem.of("circular-dependency", maker.recipe().makes() + " needs itself.");
        for (Edge step : steps) {
            problem = problem.at(step.place());
        }
        return problem.cure("Ask for a Provider in one of these places, such as Provider<"
                + maker.recipe().makes()
                + "> in the last: it makes the object when it is asked, which must not be in the constructor.");
    }

    /** Follows a singleton to the objects that are made with it, and that it may keep. */
    private void findKept(Maker keeper, Maker at, List<Edge> steps, Set<Maker> seen) {
        for (Edge edge : at.edges()) {
            if (edge.isDeferred()) {
                continue;
            }
            steps.add(edge);
            if (edge.to().lifetime() == Lifetime.REQUEST) {
                problems.add(kept(keeper, edge.to(), steps));
            } else if (edge.to().lifetime() == Lifetime.EACH_TIME && seen.add(edge.to())) {
                findKept(keeper, edge.to(), steps, seen);
            }
            steps.remove(steps.size() - 1);
        }
    }

    private static Problem kept(Maker keeper, Maker kept, List<Edge> steps) {
        String name = kept.recipe().makes().toString();
        Problem problem = Problem.of(
                "kept-beyond-request",
                "There is one " + name + " for each request, and "
                        + keeper.recipe().makes() + ", of which there is one for all, would keep the first.");
        for (Edge step : steps) {
            problem = problem.at(step.place());
        }
        return problem.cure("Ask for a Provider<" + name + "> there, and call its get() while a request is answered.");
    }
}
