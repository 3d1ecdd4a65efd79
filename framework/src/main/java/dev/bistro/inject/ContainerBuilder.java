package dev.bistro.inject;

import dev.bistro.inject.Dependency.Holding;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds out, at startup, how every object is made that an application needs, and what is wrong with that. Used once, by one thread.
 */
public final class ContainerBuilder {
    private final Problems problems;
    private final Recipes recipes = new Recipes();
    private final Set<Class<?>> roots = new LinkedHashSet<>();
    private final Set<Recipe> checked = new LinkedHashSet<>();
    private Consumer<Object> madeListener = made -> {};

    /** Nothing to inject yet; what is wrong goes to the problems. */
    public ContainerBuilder(Problems problems) {
        this.problems = problems;
    }

    /** An object for a type, which wins over everything else that could provide it. It isn't closed with the container. */
    public ContainerBuilder bind(Class<?> type, Object instance) {
        recipes.bind(Key.of(type), type.cast(instance));
        return this;
    }

    /** A type that can be asked for, but whose object could not be made; why is among the problems already. */
    public ContainerBuilder bindUnmade(Class<?> type) {
        recipes.bind(Key.of(type), null);
        return this;
    }

    /** Has each singleton be handed to a listener when it was made: what it needs itself comes before it. */
    public ContainerBuilder onMade(Consumer<Object> listener) {
        madeListener = listener;
        return this;
    }

    /** Classes that the application knows: implementations of interfaces, and {@code @Factory} classes. */
    public ContainerBuilder components(Collection<Class<?>> classes) {
        recipes.addComponents(classes);
        return this;
    }

    /** A class that is needed, such as a controller: one object of it is made, and all that it needs is checked. */
    public ContainerBuilder root(Class<?> type) {
        recipes.addRoot(type);
        roots.add(type);
        return this;
    }

    /** A container that makes what was asked for. No object has been made yet; if there are problems, none should be. */
    public Container build() {
        for (Class<?> root : roots) {
            var asked = new Dependency(Key.of(root), Holding.PLAIN, Place.of(root));
            check(asked, new ArrayList<>());
        }
        return new Container(recipes, madeListener);
    }

    private void check(Dependency asked, List<Dependency> path) {
        switch (asked.holding()) {
            case PLAIN -> checkOne(asked, path, recipes.find(asked.key()));
            case PROVIDER -> checkOne(asked, new ArrayList<>(), recipes.find(asked.key()));
            case OPTIONAL -> {
                Recipes.Found found = recipes.find(asked.key());
                if (!found.recipes().isEmpty()) {
                    checkOne(asked, path, found);
                }
            }
            case LIST -> recipes.findAll(asked.key()).forEach(recipe -> checkRecipe(recipe, asked, path));
        }
    }

    private void checkOne(Dependency asked, List<Dependency> path, Recipes.Found found) {
        if (found.recipes().size() == 1) {
            checkRecipe(found.recipes().get(0), asked, path);
        } else if (found.recipes().isEmpty()) {
            problems.add(withPath(
                    Problem.of("nothing-provides", "Nothing provides " + asked.key() + ".")
                            .at(asked.place())
                            .cure(found.tried()),
                    path));
        } else {
            problems.add(withPath(ambiguous(asked, found.recipes()), path));
        }
    }

    private static Problem ambiguous(Dependency asked, List<Recipe> several) {
        String names = several.stream()
                .map(recipe -> recipe.makes() + " by " + recipe.place())
                .collect(Collectors.joining("; "));
        return Problem.of("ambiguous-dependency", "More than one provides " + asked.key() + ".")
                .at(asked.place())
                .cure("There are: " + names)
                .cure("Put a qualifier such as @Named(\"main\") on the one that is meant, and on this place.");
    }

    private void checkRecipe(Recipe recipe, Dependency asked, List<Dependency> path) {
        int first = indexOf(recipe, path);
        if (first >= 0) {
            problems.add(cycle(recipe, path.subList(first + 1, path.size()), asked));
        } else if (checked.add(recipe)) {
            path.add(asked);
            for (Dependency dependency : recipe.dependencies()) {
                check(dependency, path);
            }
            path.remove(path.size() - 1);
        }
    }

    /** Where on the path the recipe was asked for. */
    private int indexOf(Recipe recipe, List<Dependency> path) {
        for (int i = 0; i < path.size(); i++) {
            if (recipes.find(path.get(i).key()).recipes().contains(recipe)) {
                return i;
            }
        }
        return -1;
    }

    private static Problem cycle(Recipe recipe, List<Dependency> hops, Dependency last) {
        Problem problem = Problem.of("circular-dependency", recipe.makes() + " needs itself.");
        for (Dependency hop : hops) {
            problem = problem.at(hop.place());
        }
        return problem.at(last.place())
                .cure("Ask for a Provider<" + last.key()
                        + "> in one of these places: it makes the object when it is asked.");
    }

    private static Problem withPath(Problem problem, List<Dependency> path) {
        if (path.size() < 2) {
            return problem;
        }
        String names = path.stream().map(asked -> asked.key().toString()).collect(Collectors.joining(" → "));
        return problem.cure("Asked for by: " + names);
    }
}
