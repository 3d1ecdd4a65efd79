package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.types.Types;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
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

/** The dependency injection container: makes and keeps an application's objects. Safe for use by many threads. */
public final class Container implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);

    private final Recipes recipes;
    private final Map<Class<?>, List<ObjectProvider>> contributions;
    private final DependencyGraph graph; // guarded by itself
    private final Closer closer;
    private final Optional<RequestScope> requests;
    private final List<ObjectProvider> roots;
    private final Set<Key> needed;
    private final List<ObjectProvider> statics;
    private final Map<Key, ObjectSource> sources = new ConcurrentHashMap<>();
    private boolean isStarted; // guarded by graph

    Container(
            Recipes recipes,
            DependencyGraph graph,
            Map<Class<?>, List<ObjectProvider>> contributions,
            RequestScope requests,
            Closer closer) {
        this.recipes = recipes;
        this.contributions = contributions;
        this.graph = graph;
        this.closer = closer;
        this.requests = graph.needsRequests() ? Optional.of(requests) : Optional.empty();
        this.roots = graph.roots();
        this.needed = new HashSet<>();
        for (ObjectProvider provider : graph.providers()) {
            needed.add(provider.recipe().key());
        }
        this.statics = graph.statics();
    }

    /**
     * Injects static members, and makes the singletons that the roots need, each after its own dependencies. Objects
     * that only a {@code Provider} asks for are made by that, later. A second call does nothing.
     *
     * @throws StartupException if an object can't be made
     */
    public void start() {
        synchronized (graph) {
            if (isStarted) {
                return;
            }
            isStarted = true;
        }
        var seen = new LinkedHashSet<ObjectProvider>();
        try {
            makeStatics();
            for (ObjectProvider root : roots) {
                makeSingletons(root, seen);
            }
        } catch (ObjectCreationException e) {
            throw e.atStart();
        }
        logUnneededSingletons();
        logUnscopedOftenInjected();
    }

    /** Logs what is injected at several places without a scope, since one object for all may have been meant. */
    private void logUnscopedOftenInjected() {
        var places = new LinkedHashMap<Recipe, List<Place>>();
        for (ObjectProvider provider : graph.providers()) {
            for (ObjectProvider.Edge edge : provider.edges()) {
                if (!edge.isDeferred()
                        && edge.to().lifetime() == Lifetime.UNSCOPED
                        && edge.to().recipe().kind() != Recipe.Kind.INSTANCE) {
                    places.computeIfAbsent(edge.to().recipe(), recipe -> new ArrayList<>())
                            .add(edge.place());
                }
            }
        }
        for (Map.Entry<Recipe, List<Place>> entry : places.entrySet()) {
            List<Place> injectedAt = entry.getValue();
            if (injectedAt.size() > 1) {
                LOG.info(
                        "There is a {} for each place that asks, and {} ask: {}. @Singleton makes one for all",
                        entry.getKey().key(),
                        injectedAt.size(),
                        injectedAt.stream().map(Place::text).collect(Collectors.joining("; ")));
            }
        }
    }

    private static void makeSingletons(ObjectProvider provider, Set<ObjectProvider> seen) {
        if (!seen.add(provider)) {
            return;
        }
        for (ObjectProvider.Edge edge : provider.edges()) {
            if (!edge.isDeferred() || edge.to().lifetime() != Lifetime.SINGLETON) {
                makeSingletons(edge.to(), seen);
            }
        }
        if (provider.lifetime() == Lifetime.SINGLETON) {
            provider.get();
        }
    }

    private void logUnneededSingletons() {
        var names = new ArrayList<String>();
        for (Key key : recipes.declaredSingletons()) {
            if (!needed.contains(key)) {
                names.add(key.toString());
            }
        }
        if (!names.isEmpty()) {
            LOG.info("Not made, since nothing needs them: {}", String.join(", ", names));
        }
    }

    /**
     * The object of a type, as it would be injected.
     *
     * @throws StartupException if nothing provides it, more than one does, or it can't be made
     */
    public <T> T get(Class<T> type) {
        return type.cast(get(Key.of(type), Place.of(type)));
    }

    /** The same for a type with arguments, and with the qualifier among the annotations. */
    public Object get(Type type, List<Annotation> annotations) {
        Key key = Key.of(type, annotations);
        return get(key, new Place(key.toString()));
    }

    /** All objects of a type, as they would be injected into a {@code List}. */
    public <T> List<T> all(Class<T> type) {
        List<?> all = (List<?>) get(Key.of(Types.listOf(type)), Place.of(type));
        return all.stream().map(type::cast).toList();
    }

    /**
     * The objects of a type that was given to {@link ContainerBuilder#contributions}: those that are bound, in the
     * order of the bindings, then those of {@code @Bean} methods by name.
     */
    public List<Contribution> contributions(Class<?> type) {
        var all = new ArrayList<Contribution>();
        for (ObjectProvider provider : contributions.get(type)) {
            all.add(contribution(provider.recipe(), provider));
        }
        return all;
    }

    private Contribution contribution(Recipe recipe, ObjectProvider provider) {
        return new Contribution(
                recipe.declaredType(),
                recipe.place(),
                recipe.standing().priority(),
                recipe.standing().library().isPresent(),
                () -> get(() -> provider));
    }

    private Object get(Key key, Place place) {
        return get(() -> sources.computeIfAbsent(key, absent -> find(new Dependency(absent, place))));
    }

    /** Makes what static members need; once, before any object is made. */
    private void makeStatics() {
        for (ObjectProvider provider : statics) {
            provider.get();
        }
    }

    private Object get(Supplier<ObjectSource> source) {
        try {
            makeStatics();
            return source.get().get();
        } catch (ObjectCreationException e) {
            throw e.atStart();
        }
    }

    /** Extends the graph by what was not needed at startup; static members that come with it are injected first. */
    private ObjectSource find(Dependency dependency) {
        synchronized (graph) {
            var problems = new Problems();
            int providers = graph.providers().size();
            int injected = graph.statics().size();
            ObjectSource source = graph.source(dependency, problems);
            List<ObjectProvider> all = graph.providers();
            new GraphAudit(problems).check(all.subList(providers, all.size()));
            if (!problems.isEmpty()) {
                graph.forgetAfter(providers, injected);
                problems.throwIfAny();
            }
            List<ObjectProvider> later =
                    graph.statics().subList(injected, graph.statics().size());
            return later.isEmpty() ? source : () -> after(later, source);
        }
    }

    private static Object after(List<ObjectProvider> first, ObjectSource source) {
        first.forEach(ObjectProvider::get);
        return source.get();
    }

    /** The scope of request-scoped objects; empty if none are needed. */
    public Optional<RequestScope> requestScope() {
        return requests;
    }

    /** Closes the singletons that are {@code AutoCloseable}, last made first, even if some fail. */
    @Override
    public void close() {
        closer.close();
    }

    /**
     * The same by a function, which may give up waiting for an object that hangs; it must not throw.
     */
    public void close(Consumer<AutoCloseable> closing) {
        closer.close(closing);
    }
}
