package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Makes objects by a recipe, from arguments whose sources it was wired to: one class for each lifetime. */
abstract class Maker implements ObjectSource {
    private final Recipe recipe;
    private final Optional<Maker> askedBy;
    private final List<Edge> edges = new ArrayList<>();
    private ObjectSource[] sources = {};

    /**
     * A maker that another asks.
     *
     * @param place where it is asked
     * @param isDeferred whether there is a {@code Provider} in between
     */
    record Edge(Maker to, Place place, boolean isDeferred) {}

    Maker(Recipe recipe, Optional<Maker> askedBy) {
        this.recipe = recipe;
        this.askedBy = askedBy;
    }

    final Recipe recipe() {
        return recipe;
    }

    final Lifetime lifetime() {
        return recipe.lifetime();
    }

    /** Has the arguments come from these; once, before the first object is made. */
    final void wire(ObjectSource[] arguments) {
        sources = arguments;
    }

    final void addEdge(Maker to, Place place, boolean isDeferred) {
        edges.add(new Edge(to, place, isDeferred));
    }

    /** Whom it asks. */
    final List<Edge> edges() {
        return edges;
    }

    /** On which way it was come by, from a root to this one. */
    final List<Key> way() {
        Deque<Key> way = new ArrayDeque<>();
        way.push(recipe.makes());
        for (Optional<Maker> at = askedBy; at.isPresent(); at = at.get().askedBy) {
            way.push(at.get().recipe.makes());
        }
        return List.copyOf(way);
    }

    /** One more object. */
    final Object make() {
        var arguments = new Object[sources.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = sources[i].get();
        }
        try {
            return recipe.make(arguments);
        } catch (Throwable e) {
            throw new ObjectCreationException(this, e);
        }
    }
}
