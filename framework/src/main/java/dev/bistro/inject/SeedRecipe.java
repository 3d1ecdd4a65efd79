package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.util.List;

/** An object that each request brings with it, such as the request itself. */
record SeedRecipe(Key makes) implements Recipe {
    @Override
    public Place place() {
        return new Place("what each request brings");
    }

    @Override
    public List<Dependency> dependencies() {
        return List.of();
    }

    @Override
    public Lifetime lifetime() {
        return Lifetime.REQUEST;
    }

    @Override
    public Object make(Object[] arguments) {
        throw new IllegalStateException("A request brings its " + makes);
    }
}
