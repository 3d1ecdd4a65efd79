package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.List;

/** Stands for a class that can't be looked into, which is a problem already: nothing is made then. */
record BrokenRecipe(Key makes) implements Recipe {
    @Override
    public Place place() {
        return Place.of(makes.rawType());
    }

    @Override
    public List<Dependency> dependencies() {
        return List.of();
    }

    @Override
    public Lifetime lifetime() {
        return Lifetime.EACH_TIME;
    }

    @Override
    public Object make(Object[] arguments) {
        throw new IllegalStateException(makes + " can't be loaded");
    }
}
