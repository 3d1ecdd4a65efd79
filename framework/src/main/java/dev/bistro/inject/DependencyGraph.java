package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.Types;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
        return providers.values().stream().anyMatch(provider -> provider.lifetime() == Lifetime.REQUEST);
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
            case REQUEST -> new RequestScopedProvider(recipe, dependent, requests);
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
                return untyped(key);
            }
            Key wrapped = key.withType(DependencyWrapper.wrapped(key.type()));
            return switch (wrapper.get()) {
                case PROVIDER -> lazy(source(wrapped, true));
                case OPTIONAL -> isProvided(wrapped) ? optional(source(wrapped, isDeferred)) : Optional::empty;
                case LIST -> list(wrapped, isDeferred);
            };
        }

        /** The wrapper that a key asks for; empty if it is none, or if the application provides that type itself. */
        private Optional<DependencyWrapper> wrapper(Key key) {
            return recipes.exact(key).isEmpty() ? DependencyWrapper.of(key.type()) : Optional.empty();
        }

        private static ObjectSource lazy(ObjectSource wrapped) {
            var provider = new LazyProvider(wrapped);
            return () -> provider;
        }

        private static ObjectSource optional(ObjectSource wrapped) {
            return () -> Optional.of(wrapped.get());
        }

        private ObjectSource list(Key key, boolean isDeferred) {
            boolean ofProviders = DependencyWrapper.of(key.type())
                    .filter(wrapper -> wrapper == DependencyWrapper.PROVIDER)
                    .isPresent();
            Key element = ofProviders ? key.withType(DependencyWrapper.wrapped(key.type())) : key;
            if (DependencyWrapper.of(element.type()).isPresent()) {
                return listOfWrappers(key);
            }
            ObjectSource[] elements = recipes.findAll(element).stream()
                    .map(recipe -> linked(provider(recipe, dependent), isDeferred || ofProviders))
                    .map(provider -> ofProviders ? lazy(provider) : provider)
                    .toArray(ObjectSource[]::new);
            return () -> all(elements);
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
                    .map(wrapper -> wrapper == DependencyWrapper.LIST
                            || isProvided(key.withType(DependencyWrapper.wrapped(key.type()))))
                    .orElseGet(() -> !recipes.find(key).recipes().isEmpty());
        }

        private ObjectSource one(Key key, boolean isDeferred) {
            Recipes.Candidates candidates = recipes.find(key);
            if (candidates.recipes().size() == 1) {
                return linked(provider(candidates.recipes().get(0), dependent), isDeferred);
            }
            problems.add(
                    withPath(candidates.recipes().isEmpty() ? missing(key, candidates) : ambiguous(key, candidates)));
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

        private Problem missing(Key key, Recipes.Candidates candidates) {
            Problem problem = Problem.of("nothing-provides", "Nothing provides " + key + ".")
                    .at(dependency.place());
            for (String line : candidates.tried()) {
                problem = problem.cure(line);
            }
            return problem;
        }

        private Problem ambiguous(Key key, Recipes.Candidates candidates) {
            String names = candidates.recipes().stream()
                    .map(recipe -> recipe.key() + " by " + recipe.place())
                    .collect(Collectors.joining("; "));
            return Problem.of("ambiguous-dependency", "More than one provides " + key + ".")
                    .at(dependency.place())
                    .cure("There are: " + names)
                    .cure("Put a qualifier such as @Named(\"main\") on the one that is meant, and on this place.");
        }

        /** Whether a wrapper has a type argument that tells what to inject; a raw one and {@code ?} don't. */
        private static boolean hasArgument(Type type) {
            return type instanceof ParameterizedType && DependencyWrapper.wrapped(type) != Object.class;
        }

        private ObjectSource untyped(Key key) {
            String name = Types.raw(key.type()).getSimpleName();
            problems.add(withPath(Problem.of("untyped-dependency", key + " doesn't say of what.")
                    .at(dependency.place())
                    .cure("Write the type that is wanted, such as " + name + "<Clock>.")));
            return () -> key;
        }

        /** Nothing provides a wrapper, so that a list of wrappers would always be empty. */
        private ObjectSource listOfWrappers(Key key) {
            problems.add(withPath(
                    Problem.of("unusable-list", "A list of " + key + " is asked for, and would always be empty.")
                            .at(dependency.place())
                            .cure("Ask for a List of the objects, or of a Provider of each.")));
            return List::of;
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

    /** Adds the keys along which a provider was found, from a root on. */
    static Problem withDependents(Problem problem, List<Key> path) {
        return path.isEmpty()
                ? problem
                : problem.cure(
                        "Asked for by: " + path.stream().map(Key::toString).collect(Collectors.joining(" → ")));
    }
}
