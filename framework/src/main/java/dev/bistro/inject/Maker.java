package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes objects by a recipe. A singleton is made under a lock of its own, so that its constructor runs once; two singletons that ask a
 * {@code Provider} for each other in their constructors would wait for each other, if two threads made them at the same time.
 */
final class Maker {
    private final Recipe recipe;
    private final Container container;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Object singleton;

    Maker(Recipe recipe, Container container) {
        this.recipe = recipe;
        this.container = container;
    }

    Object get() {
        return recipe.isSingleton() ? singleton() : make();
    }

    private Object singleton() {
        Object made = singleton;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            if (singleton == null) {
                if (lock.getHoldCount() > 1) {
                    throw failed(new IllegalStateException("It asks for itself while it is made"));
                }
                Object first = make();
                container.made(first);
                singleton = first;
            }
            return singleton;
        } finally {
            lock.unlock();
        }
    }

    private Object make() {
        Object[] arguments = recipe.dependencies().stream().map(this::provide).toArray();
        try {
            return recipe.make(arguments);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private Object provide(Dependency asked) {
        return switch (asked.holding()) {
            case PLAIN -> container.maker(asked).get();
            case PROVIDER -> provider(asked);
            case OPTIONAL ->
                container.provides(asked.key())
                        ? Optional.of(container.maker(asked).get())
                        : Optional.empty();
            case LIST -> container.makers(asked.key()).stream().map(Maker::get).toList();
        };
    }

    private Provider<Object> provider(Dependency asked) {
        Maker maker = container.maker(asked);
        return maker::get;
    }

    private StartupException failed(Throwable cause) {
        if (cause instanceof StartupException known) {
            return known;
        }
        var problem = Problem.of("object-not-made", recipe.makes() + " could not be made: " + cause + ".")
                .at(recipe.place());
        return new StartupException(List.of(problem), cause);
    }
}
