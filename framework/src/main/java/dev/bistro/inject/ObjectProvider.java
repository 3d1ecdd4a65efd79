package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Makes the objects of a recipe, a new one each time. Subclasses keep them: one for all, or one for each request. It is
 * a node of the {@link DependencyGraph}.
 */
class ObjectProvider implements ObjectSource {
    private final Recipe recipe;
    private final Optional<ObjectProvider> dependent;
    private final List<Edge> edges = new ArrayList<>();
    private ObjectSource[] arguments = {};

    /**
     * A dependency on another provider.
     *
     * @param place the injection point
     * @param isDeferred whether a {@code Provider} is in between, so that the object is made later
     */
    record Edge(ObjectProvider to, Place place, boolean isDeferred) {}

    /**
     * A provider that doesn't know its arguments yet.
     *
     * @param dependent the first one that needed it; empty for a root
     */
    ObjectProvider(Recipe recipe, Optional<ObjectProvider> dependent) {
        this.recipe = recipe;
        this.dependent = dependent;
    }

    final Recipe recipe() {
        return recipe;
    }

    final Lifetime lifetime() {
        return recipe.lifetime();
    }

    /** Sets where the arguments come from; once, before the first object is made. */
    final void setArguments(ObjectSource[] sources) {
        arguments = sources;
    }

    final void addEdge(ObjectProvider to, Place place, boolean isDeferred) {
        edges.add(new Edge(to, place, isDeferred));
    }

    /** The providers that it depends on. */
    final List<Edge> edges() {
        return edges;
    }

    /** The keys from a root to this one, along which it was found. */
    final List<Key> path() {
        Deque<Key> path = new ArrayDeque<>();
        path.push(recipe.key());
        for (Optional<ObjectProvider> at = dependent; at.isPresent(); at = at.get().dependent) {
            path.push(at.get().recipe.key());
        }
        return List.copyOf(path);
    }

    @Override
    public Object get() {
        return make();
    }

    /** Makes a new object. */
    final Object make() {
        var values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].get();
        }
        try {
            return recipe.make(values);
        } catch (Throwable e) {
            throw new ObjectCreationException(this, e);
        }
    }
}
