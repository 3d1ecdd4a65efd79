package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    private final Recipes recipes;
    private final Set<Class<?>> roots = new LinkedHashSet<>();
    private final List<Class<?>> offered = new ArrayList<>();
    private final List<AutoCloseable> closedLast = new ArrayList<>();
    private Consumer<Object> madeListener = made -> {};

    /** Nothing to inject yet; what is wrong goes to the problems. */
    public ContainerBuilder(Problems problems) {
        this.problems = problems;
        this.recipes = new Recipes(problems);
    }

    /** An object for a type, which wins over everything else that could provide it. It isn't closed with the container. */
    public ContainerBuilder bind(Class<?> type, Object instance) {
        recipes.bind(new InstanceRecipe(Key.of(type), type.cast(instance)));
        return this;
    }

    /** The same for a type with arguments, and with the qualifier that is among annotations. */
    public ContainerBuilder bind(Type type, List<Annotation> annotations, Object instance) {
        Key key = Key.of(type, annotations);
        recipes.bind(new InstanceRecipe(key, key.rawType().cast(instance)));
        return this;
    }

    /** A type of which each request brings an object: what {@link RequestScope#begin} is given. */
    public ContainerBuilder bindRequest(Class<?> type) {
        recipes.bind(new SeedRecipe(Key.of(type)));
        return this;
    }

    /** A type that can be asked for, but whose object could not be made; why is among the problems already. */
    public ContainerBuilder bindUnmade(Class<?> type) {
        recipes.bind(new InstanceRecipe(Key.of(type), null));
        return this;
    }

    /** Something that is closed with the singletons, after all of them. */
    public ContainerBuilder closeLast(AutoCloseable last) {
        closedLast.add(last);
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
        recipes.addSingleton(type);
        roots.add(type);
        return this;
    }

    /**
     * A type whose objects are needed, all that are bound or made by factories' methods, one of each for all: {@link Container#offers} has them. Before the
     * components. A class of the type is a {@link #root} of its own.
     */
    public ContainerBuilder offered(Class<?> type) {
        recipes.addShared(type);
        offered.add(type);
        return this;
    }

    /** A container that makes what was asked for. No object has been made yet; if there are problems, none should be. */
    public Container build() {
        var requests = new RequestScope();
        var closing = new Closing();
        closedLast.forEach(closing::add);
        var wiring = new Wiring(recipes, requests, first -> {
            closing.add(first);
            try {
                madeListener.accept(first);
            } catch (RuntimeException | Error e) {
                closing.closeEarly(first); // nobody is given it
                throw e;
            }
        });
        for (Class<?> root : roots) {
            if (Lifetime.of(root) == Lifetime.REQUEST) {
                problems.add(oneForAll(Place.of(root)));
            }
            wiring.source(new Dependency(Key.of(root), Place.of(root)), problems);
        }
        var offers = new HashMap<Class<?>, List<Maker>>();
        offered.forEach(type -> offers.put(type, offers(type, wiring)));
        new GraphAudit(problems).check(wiring.makers());
        return new Container(recipes, wiring, offers, requests, closing);
    }

    /** What takes the place of a root is asked for as that. */
    private List<Maker> offers(Class<?> type, Wiring wiring) {
        Set<Key> known = roots.stream().map(Key::of).collect(Collectors.toSet());
        List<Recipe> besides = recipes.besidesClasses(Key.of(type)).stream()
                .filter(recipe -> !known.contains(recipe.makes()))
                .toList();
        besides.stream()
                .filter(recipe -> recipe.lifetime() == Lifetime.REQUEST)
                .forEach(recipe -> problems.add(oneForAll(recipe.place())));
        return besides.stream().map(recipe -> wiring.root(recipe, problems)).toList();
    }

    private static Problem oneForAll(Place root) {
        return Problem.of(
                        "misplaced-scope",
                        "@RequestScoped stands on " + root.text() + ", of which there is one for all requests.")
                .at(root)
                .cure(
                        "Take it off, and ask for what belongs to a request as a parameter of the method, or by a Provider.");
    }
}
