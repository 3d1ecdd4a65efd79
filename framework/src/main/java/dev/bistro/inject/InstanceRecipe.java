package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.List;

/** An object that is there already, and isn't ours to close. */
record InstanceRecipe(Key makes, Object instance) implements Recipe {
    @Override
    public Place place() {
        return new Place("the binding of " + makes);
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
        return instance;
    }
}
