package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.List;

/** The only constant of an enum, which there is already. */
record ConstantRecipe(Key makes, Object constant) implements Recipe {
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
        return Lifetime.SINGLETON;
    }

    @Override
    public Object make(Object[] arguments) {
        return constant;
    }
}
