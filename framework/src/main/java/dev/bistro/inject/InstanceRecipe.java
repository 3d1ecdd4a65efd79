package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Type;
import java.util.List;

/** An object that is there already, and isn't ours to close. No record: it would be compared by what the user's object has to say to that. */
final class InstanceRecipe implements Recipe {
    private final Key key;
    private final Object instance;

    InstanceRecipe(Key key, Object instance) {
        this.key = key;
        this.instance = instance;
    }

    @Override
    public Key makes() {
        return key;
    }

    /**
     * An object's class says at least as much as the class that it was given for; not of that one's arguments, which it
     * may not know.
     */
    @Override
    public Type declares() {
        return instance == null || !(key.type() instanceof Class) ? key.type() : instance.getClass();
    }

    @Override
    public Place place() {
        String what = instance == null ? "" : ", " + Place.name(instance.getClass());
        return new Place("the binding of " + key + what);
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
