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
 * Finds for every place the makers that serve it: from what is asked for at the roots to all that is needed for that, each maker once. What is missing or
 * ambiguous is a problem. Used by one thread at a time.
 */
final class Wiring {
    private final Recipes recipes;
    private final RequestScope requests;
    private final Consumer<Object> singletonListener;
    private final Map<Recipe, Maker> makers = new LinkedHashMap<>();
    private final Set<Maker> roots = new LinkedHashSet<>();
    private final List<Maker> statics = new ArrayList<>();
    private final Set<Class<?>> withStatics = new HashSet<>();
    private final Queue<Maker> unwired = new ArrayDeque<>();

    Wiring(Recipes recipes, RequestScope requests, Consumer<Object> singletonListener) {
        this.recipes = recipes;
        this.requests = requests;
        this.singletonListener = singletonListener;
    }

    /** All makers so far, in the order in which they were asked for. */
    List<Maker> makers() {
        return List.copyOf(makers.values());
    }

    /** Those that nobody asks but the application. */
    List<Maker> roots() {
        return List.copyOf(roots);
    }

    /** Those that inject static members, superclasses first. */
    List<Maker> statics() {
        return List.copyOf(statics);
    }

    /** Forgets all makers but so many of the first: the others are not for use. */
    void forgetAfter(int makersKept, int staticsKept) {
        makers().stream().skip(makersKept).forEach(maker -> makers.remove(maker.recipe()));
        statics().stream().skip(staticsKept).forEach(maker -> {
            statics.remove(maker);
            withStatics.remove(maker.recipe().makes().rawType());
        });
    }

    /** Whether something is needed that there is one of for each request. */
    boolean needsRequests() {
        return makers.values().stream().anyMatch(maker -> maker.lifetime() == Lifetime.REQUEST);
    }

    /** The source of what is asked for, with all that it needs; if there are problems then, it is not for use. */
    ObjectSource source(Dependency asked, Problems problems) {
        recipes.reportTo(problems);
        ObjectSource source = new Asking(Optional.empty(), asked, problems).source(asked.key(), false);
        wireAll(problems);
        return source;
    }

    /** The maker of a recipe that nobody asks for but the application, with all that it needs; as {@link #source} for problems. */
    Maker root(Recipe recipe, Problems problems) {
        recipes.reportTo(problems);
        Maker root = maker(recipe, Optional.empty());
        roots.add(root);
        wireAll(problems);
        return root;
    }

    private void wireAll(Problems problems) {
        for (Maker maker = unwired.poll(); maker != null; maker = unwired.poll()) {
            wire(maker, problems);
        }
    }

    private void wire(Maker maker, Problems problems) {
        List<Dependency> dependencies = maker.recipe().dependencies();
        var sources = new ObjectSource[dependencies.size()];
        for (int i = 0; i < sources.length; i++) {
            Dependency asked = dependencies.get(i);
            sources[i] = new Asking(Optional.of(maker), asked, problems).source(asked.key(), false);
        }
        maker.wire(sources);
    }

    private Maker maker(Recipe recipe, Optional<Maker> asker) {
        Maker known = makers.get(recipe);
        if (known != null) {
            return known;
        }
        Maker maker = newMaker(recipe, asker);
        makers.put(recipe, maker);
        unwired.add(maker);
        if (recipe instanceof ClassRecipe) {
            addStatics(recipe.makes().rawType(), maker);
        }
        return maker;
    }

    private Maker newMaker(Recipe recipe, Optional<Maker> asker) {
        Maker maker = switch (recipe.lifetime()) {
            case EACH_TIME -> new EachTimeMaker(recipe, asker);
            case SINGLETON -> new SingletonMaker(recipe, asker, singletonListener, System::nanoTime);
            case REQUEST -> new RequestMaker(recipe, asker, requests);
        };
        if (recipe instanceof SeedRecipe) {
            requests.setSeed(maker);
        }
        return maker;
    }

    private void addStatics(Class<?> type, Maker asker) {
        for (Class<?> declaring : Hierarchy.line(type)) {
            List<Member> members = Members.ofClass(declaring);
            if (!members.isEmpty() && withStatics.add(declaring)) {
                statics.add(maker(new StaticRecipe(declaring, members), Optional.of(asker)));
            }
        }
    }

    /** One place that asks, and for whom. */
    private final class Asking {
        private final Optional<Maker> asker;
        private final Dependency asked;
        private final Problems problems;

        Asking(Optional<Maker> asker, Dependency asked, Problems problems) {
            this.asker = asker;
            this.asked = asked;
            this.problems = problems;
        }

        /** The source of a key, or of what it holds; deferred behind a {@code Provider}. */
        ObjectSource source(Key key, boolean isDeferred) {
            Optional<DependencyWrapper> holding =
                    recipes.exact(key).isEmpty() ? DependencyWrapper.of(key.type()) : Optional.empty();
            if (holding.isEmpty()) {
                return one(key, isDeferred);
            }
            if (!saysOfWhat(key.type())) {
                return unknown(key);
            }
            Key held = key.withType(DependencyWrapper.held(key.type()));
            return switch (holding.get()) {
                case PROVIDER -> provider(source(held, true));
                case OPTIONAL -> isProvided(held) ? optional(source(held, isDeferred)) : Optional::empty;
                case LIST -> list(held, isDeferred);
            };
        }

        private static ObjectSource provider(ObjectSource held) {
            var provider = new LazyProvider(held);
            return () -> provider;
        }

        private static ObjectSource optional(ObjectSource held) {
            return () -> Optional.of(held.get());
        }

        private ObjectSource list(Key key, boolean isDeferred) {
            boolean ofProviders = DependencyWrapper.of(key.type())
                    .filter(held -> held == DependencyWrapper.PROVIDER)
                    .isPresent();
            Key element = ofProviders ? key.withType(DependencyWrapper.held(key.type())) : key;
            if (DependencyWrapper.of(element.type()).isPresent()) {
                return unlistable(key);
            }
            ObjectSource[] elements = recipes.findAll(element).stream()
                    .map(recipe -> asked(maker(recipe, asker), isDeferred || ofProviders))
                    .map(maker -> ofProviders ? provider(maker) : maker)
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
            Optional<DependencyWrapper> holding =
                    recipes.exact(key).isEmpty() ? DependencyWrapper.of(key.type()) : Optional.empty();
            return holding.map(held -> held == DependencyWrapper.LIST
                            || isProvided(key.withType(DependencyWrapper.held(key.type()))))
                    .orElseGet(() -> !recipes.find(key).recipes().isEmpty());
        }

        private ObjectSource one(Key key, boolean isDeferred) {
            Recipes.Found found = recipes.find(key);
            if (found.recipes().size() == 1) {
                return asked(maker(found.recipes().get(0), asker), isDeferred);
            }
            problems.add(withWay(found.recipes().isEmpty() ? missing(key, found) : ambiguous(key, found)));
            return () -> {
                throw new IllegalStateException("Nothing is made where there are problems");
            };
        }

        private Maker asked(Maker maker, boolean isDeferred) {
            asker.ifPresentOrElse(by -> by.addEdge(maker, asked.place(), isDeferred), () -> roots.add(maker));
            return maker;
        }

        private Problem missing(Key key, Recipes.Found found) {
            Problem problem = Problem.of("nothing-provides", "Nothing provides " + key + ".")
                    .at(asked.place());
            for (String line : found.tried()) {
                problem = problem.cure(line);
            }
            return problem;
        }

        private Problem ambiguous(Key key, Recipes.Found found) {
            String names = found.recipes().stream()
                    .map(recipe -> recipe.makes() + " by " + recipe.place())
                    .collect(Collectors.joining("; "));
            return Problem.of("ambiguous-dependency", "More than one provides " + key + ".")
                    .at(asked.place())
                    .cure("There are: " + names)
                    .cure("Put a qualifier such as @Named(\"main\") on the one that is meant, and on this place.");
        }

        /** A holding with its argument; a raw one, or one of {@code ?}, doesn't say what it wants. */
        private static boolean saysOfWhat(Type type) {
            return type instanceof ParameterizedType && DependencyWrapper.held(type) != Object.class;
        }

        private ObjectSource unknown(Key key) {
            String name = Types.raw(key.type()).getSimpleName();
            problems.add(withWay(Problem.of("untyped-dependency", key + " doesn't say of what.")
                    .at(asked.place())
                    .cure("Write the type that is wanted, such as " + name + "<Clock>.")));
            return () -> key;
        }

        /** Nothing provides a holding, so a list of them would always be empty. */
        private ObjectSource unlistable(Key key) {
            problems.add(withWay(
                    Problem.of("unusable-list", "A list of " + key + " is asked for, and would always be empty.")
                            .at(asked.place())
                            .cure("Ask for a List of the objects, or of a Provider of each.")));
            return List::of;
        }

        /** The place names the maker that asks; how that was come by is told too. */
        private Problem withWay(Problem problem) {
            return asker.map(Maker::way)
                    .filter(way -> way.size() > 1)
                    .map(way -> withAskers(problem, way))
                    .orElse(problem);
        }
    }

    /** A problem with those who asked, from a root on. */
    static Problem withAskers(Problem problem, List<Key> way) {
        return way.isEmpty()
                ? problem
                : problem.cure(
                        "Asked for by: " + way.stream().map(Key::toString).collect(Collectors.joining(" → ")));
    }
}
