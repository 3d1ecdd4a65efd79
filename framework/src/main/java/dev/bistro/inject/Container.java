package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.types.Types;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and keeps an application's objects. Safe for use by many threads. */
public final class Container implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);

    private final Recipes recipes;
    private final Map<Class<?>, List<Maker>> offers;
    private final Wiring wiring; // guarded by itself
    private final Closing closing;
    private final Optional<RequestScope> requests;
    private final List<Maker> roots;
    private final Set<Key> needed;
    private final List<Maker> statics;
    private final Map<Key, ObjectSource> known = new ConcurrentHashMap<>();
    private boolean isStarted; // guarded by wiring

    Container(
            Recipes recipes, Wiring wiring, Map<Class<?>, List<Maker>> offers, RequestScope requests, Closing closing) {
        this.recipes = recipes;
        this.offers = offers;
        this.wiring = wiring;
        this.closing = closing;
        this.requests = wiring.needsRequests() ? Optional.of(requests) : Optional.empty();
        this.roots = wiring.roots();
        this.needed =
                wiring.makers().stream().map(maker -> maker.recipe().makes()).collect(Collectors.toSet());
        this.statics = wiring.statics();
    }

    /**
     * Injects static members, and makes the singletons that the roots need, each after what it needs itself; a second call does nothing. What is asked for
     * by a {@code Provider} alone is left for that to make.
     *
     * @throws StartupException if one can't be made
     */
    public void start() {
        synchronized (wiring) {
            if (isStarted) {
                return;
            }
            isStarted = true;
        }
        var seen = new LinkedHashSet<Maker>();
        try {
            statics.forEach(Maker::get);
            roots.forEach(root -> make(root, seen));
        } catch (ObjectCreationException e) {
            throw e.atStart();
        }
        reportUnneeded();
        reportShared();
    }

    /** Several places that each get an object of their own may have been meant to share one. */
    private void reportShared() {
        var places = new LinkedHashMap<Recipe, List<Place>>();
        for (Maker maker : wiring.makers()) {
            maker.edges().stream()
                    .filter(edge -> !edge.isDeferred() && edge.to().lifetime() == Lifetime.EACH_TIME)
                    .filter(edge -> !(edge.to().recipe() instanceof InstanceRecipe))
                    .forEach(edge -> places.computeIfAbsent(edge.to().recipe(), recipe -> new ArrayList<>())
                            .add(edge.place()));
        }
        places.forEach((recipe, asking) -> {
            if (asking.size() > 1) {
                LOG.info(
                        "There is a {} for each place that asks, and {} ask: {}. @Singleton makes one for all",
                        recipe.makes(),
                        asking.size(),
                        asking.stream().map(Place::text).collect(Collectors.joining("; ")));
            }
        });
    }

    private static void make(Maker maker, Set<Maker> seen) {
        if (!seen.add(maker)) {
            return;
        }
        for (Maker.Edge edge : maker.edges()) {
            if (!edge.isDeferred() || edge.to().lifetime() != Lifetime.SINGLETON) {
                make(edge.to(), seen);
            }
        }
        if (maker.lifetime() == Lifetime.SINGLETON) {
            maker.get();
        }
    }

    private void reportUnneeded() {
        String names = recipes.declaredSingletons()
                .filter(key -> !needed.contains(key))
                .map(Key::toString)
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            LOG.info("Not made, since nothing needs them: {}", names);
        }
    }

    /**
     * The object of a type, as injection would give it.
     *
     * @throws StartupException if nothing provides it, more than one does, or it can't be made
     */
    public <T> T get(Class<T> type) {
        return type.cast(get(Key.of(type), Place.of(type)));
    }

    /** The same for a type with arguments, and with the qualifier that is among annotations. */
    public Object get(Type type, List<Annotation> annotations) {
        Key key = Key.of(type, annotations);
        return get(key, new Place(key.toString()));
    }

    /** All objects of a type, as {@code List} injection would give them. */
    public <T> List<T> all(Class<T> type) {
        List<?> all = (List<?>) get(Key.of(Types.listOf(type)), Place.of(type));
        return all.stream().map(type::cast).toList();
    }

    /**
     * What is bound, or made by factories' methods, as a type that {@link ContainerBuilder#offered} named: bindings in the order in which they were given, then
     * factories' methods by name.
     */
    public List<Contribution> offers(Class<?> type) {
        return offers.get(type).stream()
                .map(maker -> new Contribution(
                        maker.recipe().declares(), maker.recipe().place(), () -> get(() -> maker)))
                .toList();
    }

    private Object get(Key key, Place place) {
        return get(() -> known.computeIfAbsent(key, asked -> find(new Dependency(asked, place))));
    }

    private Object get(Supplier<ObjectSource> source) {
        try {
            statics.forEach(Maker::get); // once, before any object is made
            return source.get().get();
        } catch (ObjectCreationException e) {
            throw e.atStart();
        }
    }

    /** What wasn't asked for at startup is wired when it is, with static members that are injected just before. */
    private ObjectSource find(Dependency asked) {
        synchronized (wiring) {
            var problems = new Problems();
            int makers = wiring.makers().size();
            int injected = wiring.statics().size();
            ObjectSource source = wiring.source(asked, problems);
            List<Maker> all = wiring.makers();
            new GraphAudit(problems).check(all.subList(makers, all.size()));
            if (!problems.isEmpty()) {
                wiring.forgetAfter(makers, injected);
                problems.throwIfAny();
            }
            List<Maker> later =
                    wiring.statics().subList(injected, wiring.statics().size());
            return later.isEmpty() ? source : () -> after(later, source);
        }
    }

    private static Object after(List<Maker> first, ObjectSource source) {
        first.forEach(Maker::get);
        return source.get();
    }

    /** Where the objects of requests are found; empty if no object is needed of which there is one for each request. */
    public Optional<RequestScope> requestScope() {
        return requests;
    }

    /** Closes the singletons that are {@code AutoCloseable}, last made first; one that fails doesn't keep the others. */
    @Override
    public void close() {
        closing.close();
    }

    /** Has the singletons closed that are {@code AutoCloseable}, last made first, by another, who may wait for each only so long; it must throw nothing. */
    public void close(Consumer<AutoCloseable> closer) {
        closing.close(closer);
    }
}
