package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The providers that an application needs, and which of them depend on which: from the roots to all that these need.
 * Each recipe has one provider. Missing and ambiguous dependencies become problems. Used by one thread at a time.
 */
final class DependencyGraph {
    private final Recipes recipes;
    private final RequestScope requests;
    private final Consumer<Object> singletonListener;
    private final Map<Recipe, ObjectProvider> providers = new LinkedHashMap<>();
    private final Set<ObjectProvider> roots = new LinkedHashSet<>();
    private final List<ObjectProvider> statics = new ArrayList<>();
    private final Set<Class<?>> classesWithStatics = new HashSet<>();
    private final Queue<ObjectProvider> unresolved = new ArrayDeque<>();

    DependencyGraph(Recipes recipes, RequestScope requests, Consumer<Object> singletonListener) {
        this.recipes = recipes;
        this.requests = requests;
        this.singletonListener = singletonListener;
    }

    /** All providers so far, in the order in which they were found. */
    List<ObjectProvider> providers() {
        return List.copyOf(providers.values());
    }

    /** Those that the application itself asks for. */
    List<ObjectProvider> roots() {
        return List.copyOf(roots);
    }

    /** Those that inject static members, superclasses first. */
    List<ObjectProvider> statics() {
        return List.copyOf(statics);
    }

    /** Forgets all providers after the first ones, since there are problems with them. */
    void forgetAfter(int providersKept, int staticsKept) {
        providers().stream().skip(providersKept).forEach(provider -> providers.remove(provider.recipe()));
        statics().stream().skip(staticsKept).forEach(provider -> {
            statics.remove(provider);
            classesWithStatics.remove(provider.recipe().key().rawType());
        });
    }

    /** Whether a request-scoped object is needed. */
    boolean needsRequests() {
        return providers.values().stream()
                .anyMatch(provider -> provider.lifetime() == Lifetime.REQUEST
                        && provider.recipe().kind() != Recipe.Kind.CURRENT);
    }

    /** The source of a dependency, with all that it needs. It must not be used if there are problems then. */
    ObjectSource source(Dependency dependency, Problems problems) {
        recipes.reportTo(problems);
        ObjectSource source =
                new InjectionPoint(Optional.empty(), dependency, problems).source(dependency.key(), false);
        resolveAll(problems);
        return source;
    }

    /** The provider of a recipe that the application itself asks for; otherwise as {@link #source}. */
    ObjectProvider root(Recipe recipe, Problems problems) {
        recipes.reportTo(problems);
        ObjectProvider root = provider(recipe, Optional.empty());
        roots.add(root);
        resolveAll(problems);
        return root;
    }

    private void resolveAll(Problems problems) {
        for (ObjectProvider provider = unresolved.poll(); provider != null; provider = unresolved.poll()) {
            resolve(provider, problems);
        }
    }

    private void resolve(ObjectProvider provider, Problems problems) {
        List<Dependency> dependencies = provider.recipe().dependencies();
        var sources = new ObjectSource[dependencies.size()];
        for (int i = 0; i < sources.length; i++) {
            Dependency dependency = dependencies.get(i);
            sources[i] =
                    new InjectionPoint(Optional.of(provider), dependency, problems).source(dependency.key(), false);
        }
        provider.setArguments(sources);
    }

    private ObjectProvider provider(Recipe recipe, Optional<ObjectProvider> dependent) {
        ObjectProvider known = providers.get(recipe);
        if (known != null) {
            return known;
        }
        ObjectProvider provider = newProvider(recipe, dependent);
        providers.put(recipe, provider);
        unresolved.add(provider);
        if (recipe.kind() == Recipe.Kind.CLASS) {
            addStaticMembers(recipe.key().rawType(), provider);
        }
        return provider;
    }

    private ObjectProvider newProvider(Recipe recipe, Optional<ObjectProvider> dependent) {
        ObjectProvider provider = switch (recipe.lifetime()) {
            case UNSCOPED -> new ObjectProvider(recipe, dependent);
            case SINGLETON -> new SingletonProvider(recipe, dependent, singletonListener, System::nanoTime);
            case REQUEST ->
                recipe.kind() == Recipe.Kind.CURRENT
                        ? new ObjectProvider(recipe, dependent)
                        : new RequestScopedProvider(recipe, dependent, requests);
        };
        if (recipe.kind() == Recipe.Kind.REQUEST_OBJECT) {
            requests.setRequestProvider(provider);
        }
        return provider;
    }

    private void addStaticMembers(Class<?> type, ObjectProvider dependent) {
        for (Class<?> declaring : Hierarchy.line(type)) {
            List<Member> members = InjectedMembers.staticOf(declaring);
            if (!members.isEmpty() && classesWithStatics.add(declaring)) {
                statics.add(provider(MemberRecipes.ofStaticMembers(declaring, members), Optional.of(dependent)));
            }
        }
    }

    /** A place where a dependency is injected, and the provider that it is injected for; empty for a root. */
    private final class InjectionPoint {
        private final Optional<ObjectProvider> dependent;
        private final Dependency dependency;
        private final Problems problems;

        InjectionPoint(Optional<ObjectProvider> dependent, Dependency dependency, Problems problems) {
            this.dependent = dependent;
            this.dependency = dependency;
            this.problems = problems;
        }

        /** The source of a key's object, or of a wrapper of it; deferred if a {@code Provider} is around it. */
        ObjectSource source(Key key, boolean isDeferred) {
            Optional<DependencyWrapper> wrapper = wrapper(key);
            if (wrapper.isEmpty()) {
                return one(key, isDeferred);
            }
            if (!hasArgument(key.type())) {
                problems.add(withPath(InjectionFaults.untyped(key, dependency.place())));
                return () -> key;
            }
            return wrapper.get().isCollection()
                    ? collection(wrapper.get(), Elements.of(key), isDeferred)
                    : single(wrapper.get(), key.withType(DependencyWrapper.wrapped(key.type())), isDeferred);
        }

        private ObjectSource single(DependencyWrapper wrapper, Key wrapped, boolean isDeferred) {
            if (wrapper == DependencyWrapper.PROVIDER) {
                return lazy(source(wrapped, true));
            }
            return isProvided(wrapped) ? optional(source(wrapped, isDeferred)) : Optional::empty;
        }

        private ObjectSource collection(DependencyWrapper wrapper, Elements elements, boolean isDeferred) {
            if (DependencyWrapper.of(elements.key().type()).isPresent()) {
                problems.add(withPath(InjectionFaults.ofWrappers(wrapper, elements.key(), dependency.place())));
                return List::of;
            }
            return wrapper == DependencyWrapper.LIST ? list(elements, isDeferred) : map(elements, isDeferred);
        }

        /**
         * The wrapper that a key asks for; empty if it is none, or if the application provides that type itself. A map
         * with a qualifier is a certain one. A map of values of a final class, such as {@code Map<String, Integer>}, is
         * more likely a {@code @Bean} that was forgotten than one by names, unless there are such objects.
         */
        private Optional<DependencyWrapper> wrapper(Key key) {
            return recipes.exact(key).isEmpty()
                    ? DependencyWrapper.of(key.type())
                            .filter(wrapper -> wrapper != DependencyWrapper.MAP || isByName(key))
                    : Optional.empty();
        }

        private boolean isByName(Key map) {
            Key element = Elements.of(map).key();
            boolean isValue = Modifier.isFinal(element.rawType().getModifiers())
                    && DependencyWrapper.of(element.type()).isEmpty();
            return map.qualifier().isEmpty()
                    && (!isValue || !recipes.findNamed(element).isEmpty());
        }

        private static ObjectSource lazy(ObjectSource wrapped) {
            var provider = new LazyProvider(wrapped);
            return () -> provider;
        }

        private static ObjectSource optional(ObjectSource wrapped) {
            return () -> Optional.of(wrapped.get());
        }

        private ObjectSource list(Elements elements, boolean isDeferred) {
            ObjectSource[] sources = recipes.findAll(elements.key()).stream()
                    .map(recipe -> element(recipe, elements, isDeferred))
                    .toArray(ObjectSource[]::new);
            return () -> all(sources);
        }

        private ObjectSource map(Elements elements, boolean isDeferred) {
            var sources = new LinkedHashMap<String, ObjectSource>();
            recipes.findNamed(elements.key()).forEach((name, named) -> {
                if (named.size() == 1) {
                    sources.put(name, element(named.get(0), elements, isDeferred));
                } else {
                    problems.add(withPath(InjectionFaults.twoOfAName(name, elements.key(), dependency.place(), named)));
                }
            });
            return () -> {
                var all = new LinkedHashMap<String, Object>();
                sources.forEach((name, source) -> all.put(name, source.get()));
                return Collections.unmodifiableMap(all);
            };
        }

        private ObjectSource element(Recipe recipe, Elements elements, boolean isDeferred) {
            ObjectProvider provider = linked(provider(recipe, dependent), isDeferred || elements.areProviders());
            return elements.areProviders() ? lazy(provider) : provider;
        }

        private static List<Object> all(ObjectSource[] elements) {
            var all = new Object[elements.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = elements[i].get();
            }
            return List.of(all);
        }

        private boolean isProvided(Key key) {
            return wrapper(key)
                    .map(wrapper ->
                            wrapper.isCollection() || isProvided(key.withType(DependencyWrapper.wrapped(key.type()))))
                    .orElseGet(() -> !recipes.find(key).recipes().isEmpty());
        }

        private ObjectSource one(Key key, boolean isDeferred) {
            Recipes.Candidates candidates = recipes.find(key);
            if (candidates.recipes().size() == 1) {
                return linked(provider(candidates.recipes().get(0), dependent), isDeferred);
            }
            problems.add(withPath(
                    candidates.recipes().isEmpty()
                            ? InjectionFaults.missing(key, dependency.place(), candidates.tried())
                            : InjectionFaults.ambiguous(key, dependency.place(), candidates.recipes())));
            return () -> {
                throw new IllegalStateException("Nothing is made where there are problems");
            };
        }

        /** Notes that this place depends on the provider. */
        private ObjectProvider linked(ObjectProvider provider, boolean isDeferred) {
            dependent.ifPresentOrElse(
                    from -> from.addEdge(provider, dependency.place(), isDeferred), () -> roots.add(provider));
            return provider;
        }

        /** Whether a wrapper has a type argument that tells what to inject; a raw one and {@code ?} don't. */
        private static boolean hasArgument(Type type) {
            return type instanceof ParameterizedType && DependencyWrapper.wrapped(type) != Object.class;
        }

        /** Adds the path to the dependent, unless it is a root: then the place tells enough. */
        private Problem withPath(Problem problem) {
            return dependent
                    .map(ObjectProvider::path)
                    .filter(path -> path.size() > 1)
                    .map(path -> withDependents(problem, path))
                    .orElse(problem);
        }
    }

    /** What a list or map has: objects of a key, or a {@code Provider} of each. */
    private record Elements(Key key, boolean areProviders) {
        static Elements of(Key collection) {
            Key element = collection.withType(DependencyWrapper.wrapped(collection.type()));
            boolean areProviders = DependencyWrapper.of(element.type())
                    .filter(wrapper -> wrapper == DependencyWrapper.PROVIDER)
                    .isPresent();
            return new Elements(
                    areProviders ? element.withType(DependencyWrapper.wrapped(element.type())) : element, areProviders);
        }
    }

    /** Adds the keys along which a provider was found, from a root on. */
    static Problem withDependents(Problem problem, List<Key> path) {
        return path.isEmpty()
                ? problem
                : problem.cure(
                        "Asked for by: " + path.stream().map(Key::toString).collect(Collectors.joining(" → ")));
    }
}
