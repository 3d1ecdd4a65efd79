package dev.bistro.inject;

import dev.bistro.inject.Dependency.Holding;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and keeps an application's objects. Safe for use by many threads. */
public final class Container implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);

    private final Recipes recipes;
    private final Consumer<Object> madeListener;
    private final Map<Recipe, Maker> makers = new ConcurrentHashMap<>();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>(); // guarded by itself

    Container(Recipes recipes, Consumer<Object> madeListener) {
        this.recipes = recipes;
        this.madeListener = madeListener;
    }

    /**
     * The object of a type, as injection would give it.
     *
     * @throws StartupException if nothing provides it, more than one does, or it can't be made
     */
    public <T> T get(Class<T> type) {
        Key key = Key.of(type);
        return type.cast(
                maker(new Dependency(key, Holding.PLAIN, Place.of(type))).get());
    }

    /** All objects of a type, as {@code List} injection would give them. */
    public <T> List<T> all(Class<T> type) {
        return makers(Key.of(type)).stream()
                .map(maker -> type.cast(maker.get()))
                .toList();
    }

    /** The maker of what was asked for. */
    Maker maker(Dependency asked) {
        Recipes.Found found = recipes.find(asked.key());
        if (found.recipes().size() != 1) {
            String what = found.recipes().isEmpty() ? "Nothing provides " : "More than one provides ";
            throw new StartupException(List.of(Problem.of("nothing-provides", what + asked.key() + ".")
                    .at(asked.place())
                    .cure(found.tried())));
        }
        return maker(found.recipes().get(0));
    }

    List<Maker> makers(Key key) {
        return recipes.findAll(key).stream().map(this::maker).toList();
    }

    boolean provides(Key key) {
        return !recipes.find(key).recipes().isEmpty();
    }

    private Maker maker(Recipe recipe) {
        Maker maker = makers.get(recipe);
        return maker != null ? maker : makers.computeIfAbsent(recipe, r -> new Maker(r, this));
    }

    void made(Object singleton) {
        if (singleton instanceof AutoCloseable closeable) {
            synchronized (toClose) {
                toClose.push(closeable);
            }
        }
        madeListener.accept(singleton);
    }

    /** Closes the singletons that are {@code AutoCloseable}, last made first; one that fails doesn't keep the others. */
    @Override
    public void close() {
        for (AutoCloseable next = nextToClose(); next != null; next = nextToClose()) {
            try {
                next.close();
            } catch (Exception e) {
                LOG.error("{} could not be closed", next.getClass().getName(), e);
            }
        }
    }

    private AutoCloseable nextToClose() {
        synchronized (toClose) {
            return toClose.poll();
        }
    }
}
