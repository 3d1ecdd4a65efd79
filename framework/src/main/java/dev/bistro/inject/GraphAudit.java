package dev.bistro.inject;

import dev.bistro.inject.ObjectProvider.Edge;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds faults of the graph as a whole: cycles, and request-scoped objects that a singleton would keep. */
final class GraphAudit {
    private final Problems problems;
    private final Set<ObjectProvider> done = new HashSet<>();
    private final List<ObjectProvider> path = new ArrayList<>();
    private final List<Edge> steps = new ArrayList<>();

    GraphAudit(Problems problems) {
        this.problems = problems;
    }

    void check(List<ObjectProvider> providers) {
        check(providers, List.of());
    }

    /**
     * The same.
     *
     * @param kept those whose objects are kept as singletons are, though there may be several
     */
    void check(List<ObjectProvider> providers, List<ObjectProvider> kept) {
        providers.forEach(this::findCycles);
        providers.stream()
                .filter(provider -> provider.lifetime() == Lifetime.SINGLETON || kept.contains(provider))
                .forEach(provider -> findKept(provider, provider, new ArrayList<>(), new HashSet<>()));
    }

    private void findCycles(ObjectProvider provider) {
        if (!done.add(provider)) {
            return;
        }
        path.add(provider);
        for (Edge edge : provider.edges()) {
            if (edge.isDeferred()) {
                continue;
            }
            steps.add(edge);
            int before = path.indexOf(edge.to());
            if (before >= 0) {
                problems.add(cycle(edge.to(), steps.subList(before, steps.size())));
            } else {
                findCycles(edge.to());
            }
            steps.remove(steps.size() - 1);
        }
        path.remove(path.size() - 1);
    }

    private static Problem cycle(ObjectProvider provider, List<Edge> steps) {
        Problem problem = Problem.of("circular-dependency", provider.recipe().key() + " needs itself.");
        for (Edge step : steps) {
            problem = problem.at(step.place());
        }
        return problem.cure("Ask for a Provider in one of these places, such as Provider<"
                + provider.recipe().key()
                + "> in the last: it makes the object when it is asked, which must not be in the constructor.");
    }

    /** Follows a singleton to the objects that are made with it, and which it may keep. */
    private void findKept(ObjectProvider keeper, ObjectProvider at, List<Edge> steps, Set<ObjectProvider> seen) {
        for (Edge edge : at.edges()) {
            if (edge.isDeferred()) {
                continue;
            }
            steps.add(edge);
            if (edge.to().lifetime() == Lifetime.REQUEST) {
                problems.add(kept(keeper, edge.to(), steps));
            } else if (edge.to().lifetime() == Lifetime.UNSCOPED && seen.add(edge.to())) {
                findKept(keeper, edge.to(), steps, seen);
            }
            steps.remove(steps.size() - 1);
        }
    }

    private static Problem kept(ObjectProvider keeper, ObjectProvider kept, List<Edge> steps) {
        String name = kept.recipe().key().toString();
        Problem problem = Problem.of(
                "kept-beyond-request",
                "There is one " + name + " for each request, and "
                        + keeper.recipe().key() + ", of which there is one for all, would keep the first.");
        for (Edge step : steps) {
            problem = problem.at(step.place());
        }
        return problem.cure("Ask for a Provider<" + name + "> there, and call its get() while a request is answered.");
    }
}
