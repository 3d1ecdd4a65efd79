package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Builds a container: decides at startup how each object that the application needs is made, and finds what is wrong
 * with that. Used once, by one thread.
 */
public final class ContainerBuilder {
    private final Problems problems;
    private final Recipes recipes;
    private final Set<Class<?>> roots = new LinkedHashSet<>();
    private final Set<Class<?>> onDemand = new LinkedHashSet<>();
    private final List<Class<?>> contributionTypes = new ArrayList<>();
    private final List<AutoCloseable> closedLast = new ArrayList<>();
    private Consumer<Object> madeListener = made -> {};
    private final Set<Key> unmade = new HashSet<>();
    private Optional<ReservedBindings> reserved = Optional.empty();

    /** Has nothing to inject yet; faults are added to the problems. */
    public ContainerBuilder(Problems problems) {
        this.problems = problems;
        this.recipes = new Recipes(problems);
    }

    /** Binds a type to an object, which wins over everything else that provides it. The container doesn't close it. */
    public ContainerBuilder bind(Class<?> type, Object instance) {
        recipes.bind(Recipe.ofInstance(Key.of(type), type.cast(instance)));
        return this;
    }

    /** The same for a type with arguments, and with the qualifier among the annotations. */
    public ContainerBuilder bind(Type type, List<Annotation> annotations, Object instance) {
        Key key = Key.of(type, annotations);
        recipes.bind(Recipe.ofInstance(key, key.rawType().cast(instance)));
        return this;
    }

    /** Binds a type to an object that each request brings: the one that {@link RequestScope#begin} is given. */
    public ContainerBuilder bindRequest(Class<?> type) {
        recipes.bind(Recipe.ofRequestObject(Key.of(type)));
        return this;
    }

    /**
     * Binds a type, with the qualifier among the annotations, to what belongs to what the calling thread does at the
     * moment: it is asked for each time, and only while a request is answered.
     */
    public ContainerBuilder bindCurrent(Class<?> type, List<Annotation> annotations, Supplier<Object> current) {
        recipes.bind(Recipe.ofCurrent(Key.of(type, annotations), current));
        return this;
    }

    /** Has each class looked at of which objects are made; before {@link #components}. */
    public ContainerBuilder onClass(Consumer<Class<?>> check) {
        recipes.onClass(check);
        return this;
    }

    /**
     * Binds a type whose object could not be made, so that no further problem is reported where it is injected, with
     * whatever qualifier.
     */
    public ContainerBuilder bindUnmade(Class<?> type) {
        unmade.add(Key.of(type));
        recipes.bindUnmade(type);
        return this;
    }

    /**
     * Says that Bistro itself provides what is bound so far, but for what {@link #bindUnmade} has bound: what the
     * application declares to make the same is a problem, since nobody would get it. What is bound later is the
     * program's own, and replaces it.
     *
     * @param reasons why Bistro provides a type: {@code DataSource.class}, "the settings have a database";
     *     there may be none
     */
    public ContainerBuilder reserve(Map<Class<?>, String> reasons) {
        Map<Key, Recipe> bound = recipes.bindings();
        bound.keySet().removeAll(unmade);
        reserved = Optional.of(new ReservedBindings(bound, Map.copyOf(reasons)));
        return this;
    }

    /** Adds an object that is closed after all singletons. */
    public ContainerBuilder closeLast(AutoCloseable last) {
        closedLast.add(last);
        return this;
    }

    /** Sets the listener that is given each singleton when it is made, after the dependencies of that. */
    public ContainerBuilder onMade(Consumer<Object> listener) {
        madeListener = listener;
        return this;
    }

    /** Adds classes of the application: implementations of interfaces, and {@code @Factory} classes. */
    public ContainerBuilder components(Collection<Class<?>> classes) {
        recipes.addComponents(classes);
        return this;
    }

    /**
     * Sets which classes libraries bring, with the names of these: what the application has itself wins over them. Call
     * it before {@link #components}.
     */
    public ContainerBuilder libraries(Map<Class<?>, String> ofClasses) {
        recipes.setLibraries(ofClasses);
        return this;
    }

    /** Sets classes of which no object is made, whoever asks for one. */
    public ContainerBuilder leaveOut(Collection<Class<?>> classes) {
        recipes.leaveOut(classes);
        return this;
    }

    /**
     * Adds a class that is needed, such as a controller: it becomes a singleton, and all its dependencies are checked.
     */
    public ContainerBuilder root(Class<?> type) {
        recipes.addIrreplaceable(type);
        roots.add(type);
        return this;
    }

    /** The same for a class that another may stand in for, as where it is injected. */
    public ContainerBuilder replaceableRoot(Class<?> type) {
        recipes.addSingleton(type);
        roots.add(type);
        return this;
    }

    /**
     * Adds a class of which {@link Container#get(Class)} makes a new object each time, which is kept as long as the
     * application runs: all its dependencies are checked, and it mustn't have a scope.
     */
    public ContainerBuilder onDemand(Class<?> type) {
        onDemand.add(type);
        return this;
    }

    /**
     * Adds a type whose objects {@link Container#contributions} gives: all that are bound or made by {@code @Bean}
     * methods, which become singletons. Call it before {@link #components}. Classes of the type are not among them:
     * they are each a {@link #root}.
     */
    public ContainerBuilder contributions(Class<?> type) {
        recipes.addSingletonType(type);
        contributionTypes.add(type);
        return this;
    }

    /** Builds the container. No object has been made yet, and must not be if there are problems. */
    public Container build() {
        var requests = new RequestScope();
        var closer = new Closer();
        closedLast.forEach(closer::add);
        reserved.ifPresent(bindings -> bindings.check(recipes, problems));
        var graph = new DependencyGraph(recipes, requests, made -> {
            closer.add(made);
            try {
                madeListener.accept(made);
            } catch (RuntimeException | Error e) {
                closer.closeEarly(made); // nobody gets it
                throw e;
            }
        });
        for (Class<?> root : roots) {
            if (Lifetime.of(root) == Lifetime.REQUEST) {
                problems.add(scopeOfSingleton(Place.of(root)));
            }
            graph.source(new Dependency(Key.of(root), Place.of(root)), problems);
        }
        var contributions = new HashMap<Class<?>, List<ObjectProvider>>();
        for (Class<?> type : contributionTypes) {
            contributions.put(type, contributions(type, graph));
        }
        var kept = new ArrayList<ObjectProvider>();
        for (Class<?> type : onDemand) {
            if (Lifetime.of(type) != Lifetime.UNSCOPED) {
                problems.add(scopeOfMany(type));
            } else if (graph.source(new Dependency(Key.of(type), Place.of(type)), problems)
                    instanceof ObjectProvider provider) {
                kept.add(provider);
            }
        }
        new GraphAudit(problems).check(graph.providers(), kept);
        return new Container(recipes, graph, contributions, requests, closer);
    }

    /** Leaves out recipes that replace the class of a root, since they are that root. */
    private List<ObjectProvider> contributions(Class<?> type, DependencyGraph graph) {
        Set<Key> known = new HashSet<>();
        for (Class<?> root : roots) {
            known.add(Key.of(root));
        }
        var besides = new ArrayList<Recipe>();
        for (Recipe recipe : recipes.besidesClasses(Key.of(type))) {
            if (!known.contains(recipe.key())) {
                besides.add(recipe);
                if (recipe.lifetime() == Lifetime.REQUEST) {
                    problems.add(scopeOfSingleton(recipe.place()));
                }
            }
        }
        var providers = new ArrayList<ObjectProvider>();
        for (Recipe recipe : besides) {
            providers.add(graph.root(recipe, problems));
        }
        return List.copyOf(providers);
    }

    private static Problem scopeOfMany(Class<?> type) {
        return Problem.of(
                        "misplaced-scope",
                        Place.name(type)
                                + " has a scope, and an object of its own is made for each place that uses it.")
                .at(Place.of(type))
                .cure("Take the scope off, and put what is shared into a class of its own.");
    }

    private static Problem scopeOfSingleton(Place root) {
        return Problem.of(
                        "misplaced-scope",
                        "@RequestScoped stands on " + root.text() + ", of which there is one for all requests.")
                .at(root)
                .cure("Take it off, and ask for what belongs to a request as a parameter of the method, "
                        + "or by a Provider.");
    }
}
