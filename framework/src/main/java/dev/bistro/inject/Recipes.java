package dev.bistro.inject;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.Types;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the recipe for a key. It tries in this order: a binding of exactly that key, a {@code @Bean} method of exactly
 * that key, the constructor of the key's own class, and the only one of all bindings, {@code @Bean} methods and classes
 * of the application that have a subtype of the key's type.
 */
final class Recipes {
    private final AnnotationAudit audit;
    private Problems problems;
    private final Map<Key, Recipe> bindings = new LinkedHashMap<>();
    private final List<Recipe> beans = new ArrayList<>();
    private final List<Class<?>> components = new ArrayList<>();
    private final Set<Class<?>> singletons = new HashSet<>();
    private final Map<Type, Recipe> classes = new HashMap<>();
    private final List<Class<?>> singletonTypes = new ArrayList<>();

    /** The recipes that were found for a key, and a message's lines about what was tried. */
    record Candidates(List<Recipe> recipes, List<String> tried) {}

    Recipes(Problems problems) {
        this.problems = problems;
        this.audit = new AnnotationAudit(problems);
    }

    /** Sets where later faults are added. */
    void reportTo(Problems later) {
        problems = later;
        audit.reportTo(later);
    }

    void bind(Recipe recipe) {
        bindings.put(recipe.key(), recipe);
    }

    /** Adds a class that is a singleton, whatever its annotations say. */
    void addSingleton(Class<?> type) {
        singletons.add(type);
    }

    /** Adds a type for which a {@code @Bean} method without a scope makes a singleton; before the components. */
    void addSingletonType(Class<?> type) {
        singletonTypes.add(type);
    }

    void addComponents(Collection<Class<?>> types) {
        audit.addFactories(types);
        for (Class<?> type : types) {
            if (audit.check(type)) {
                components.add(type);
                addBeans(type);
            }
        }
    }

    private void addBeans(Class<?> type) {
        if (type.isAnnotationPresent(Factory.class)) {
            addSingleton(type);
            Hierarchy hierarchy = Hierarchy.of(type);
            hierarchy.methods().stream()
                    .filter(method -> isBeanOf(type, method))
                    .sorted(Hierarchy.BY_NAME)
                    .map(method -> new ResolvedMethod(hierarchy, method))
                    .filter(audit::isBean)
                    .forEach(bean -> beans.add(MemberRecipes.ofBean(type, bean, lifetime(bean))));
        }
    }

    /** Leaves out methods that a factory inherits from another factory, since they are the other's. */
    private static boolean isBeanOf(Class<?> factory, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return method.isAnnotationPresent(Bean.class)
                && (declaring == factory || !declaring.isAnnotationPresent(Factory.class));
    }

    private Lifetime lifetime(ResolvedMethod bean) {
        Lifetime written = Lifetime.of(bean.method());
        Class<?> made = Types.raw(bean.returnType());
        boolean isSingleton = singletonTypes.stream().anyMatch(type -> type.isAssignableFrom(made));
        return written == Lifetime.UNSCOPED && isSingleton ? Lifetime.SINGLETON : written;
    }

    /** The keys of everything that the application declares as singleton: {@code @Bean} methods, then classes. */
    Stream<Key> declaredSingletons() {
        return Stream.concat(
                beans.stream()
                        .filter(bean -> bean.lifetime() == Lifetime.SINGLETON)
                        .map(Recipe::key),
                components.stream()
                        .filter(type -> Lifetime.of(type) == Lifetime.SINGLETON)
                        .map(type -> Key.of(type, type)));
    }

    /** The recipes for one object of a key; it is ambiguous if there are several. */
    Candidates find(Key key) {
        List<Recipe> exact = exact(key);
        if (!exact.isEmpty()) {
            return new Candidates(exact, List.of());
        }
        String obstacle = obstacle(key);
        if (obstacle.isEmpty()) {
            return new Candidates(List.of(ofClass(key.type())), List.of());
        }
        List<Recipe> serving = serving(key)
                .filter(recipe -> recipe.key().qualifier().equals(key.qualifier()))
                .toList();
        return new Candidates(serving, tried(key, obstacle, serving.size()));
    }

    /** All recipes for a list of a key's objects; if the key has no qualifier, with any qualifier or none. */
    List<Recipe> findAll(Key key) {
        Stream<Recipe> own =
                exact(key).isEmpty() && obstacle(key).isEmpty() ? Stream.of(ofClass(key.type())) : Stream.of();
        return Stream.concat(serving(key), own)
                .filter(recipe ->
                        key.qualifier().isEmpty() || recipe.key().qualifier().equals(key.qualifier()))
                .distinct()
                .toList();
    }

    /** Bindings in their order, then {@code @Bean} methods, whose type is the key's type or a subtype. */
    List<Recipe> besidesClasses(Key key) {
        return Stream.concat(
                        bindings.values().stream(), beans.stream().filter(bean -> !bindings.containsKey(bean.key())))
                .filter(recipe -> serves(recipe, key))
                .toList();
    }

    /** The binding or the {@code @Bean} methods of exactly this key; a {@code List} may be provided as a whole. */
    List<Recipe> exact(Key key) {
        Recipe binding = bindings.get(key);
        return binding != null
                ? List.of(binding)
                : beans.stream().filter(bean -> bean.key().equals(key)).toList();
    }

    /** Bindings in their order, then {@code @Bean} methods and classes by name, with the key's type or a subtype. */
    private Stream<Recipe> serving(Key key) {
        var all = new LinkedHashSet<Recipe>(besidesClasses(key));
        components.stream()
                .flatMap(type -> asServed(type, key).stream())
                .filter(type -> constructorObstacle(Types.raw(type)).isEmpty())
                .forEach(type -> {
                    List<Recipe> instead = exact(Key.of(type, Types.raw(type)));
                    all.addAll(instead.isEmpty() ? List.of(ofClass(type)) : instead);
                });
        return all.stream();
    }

    private static boolean serves(Recipe recipe, Key key) {
        return Types.serves(recipe.key().type(), key.type());
    }

    private static Optional<Type> asServed(Class<?> component, Key key) {
        if (component.getTypeParameters().length > 0) {
            return Types.closed(component, key.type());
        }
        return Types.serves(component, key.type()) ? Optional.of(component) : Optional.empty();
    }

    private Recipe ofClass(Type type) {
        Recipe known = classes.get(type);
        if (known == null) {
            known = newRecipe(type);
            classes.put(type, known);
        }
        return known;
    }

    private Recipe newRecipe(Type type) {
        Class<?> raw = Types.raw(type);
        if (!audit.check(raw)) {
            return Recipe.unloadable(Key.of(type, raw));
        }
        if (raw.isEnum()) {
            return Recipe.ofEnumConstant(Key.of(type, raw), raw.getEnumConstants()[0]);
        }
        Lifetime lifetime = singletons.contains(raw) ? Lifetime.SINGLETON : Lifetime.of(raw);
        try {
            return MemberRecipes.ofClass(type, constructor(raw).orElseThrow(), lifetime);
        } catch (LinkageError | TypeNotPresentException e) {
            problems.add(Unloadable.problem(raw.getName(), e));
            return Recipe.unloadable(Key.of(type, raw));
        }
    }

    private List<String> tried(Key key, String obstacle, int found) {
        var lines = new ArrayList<String>();
        String single = found > 0 ? found + " found" : noneThatCanBeMade(key);
        lines.add("Tried: a binding (none), a @Bean method (none), an @Inject constructor (" + obstacle
                + "), a single implementation (" + single + ")");
        String others = serving(key)
                .filter(recipe -> !recipe.key().qualifier().equals(key.qualifier()))
                .map(recipe -> recipe.key() + " by " + recipe.place())
                .collect(Collectors.joining("; "));
        if (found == 0 && !others.isEmpty()) {
            lines.add("With another qualifier, or none, there are: " + others);
        }
        String nearly = components.stream()
                .filter(type -> key.rawType().isAssignableFrom(type)
                        && asServed(type, key).isEmpty())
                .map(Place::name)
                .collect(Collectors.joining(", "));
        if (found == 0 && !nearly.isEmpty()) {
            lines.add("With other type arguments there are: " + nearly);
        }
        return lines;
    }

    private String noneThatCanBeMade(Key key) {
        String obstacles = components.stream()
                .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
                .filter(type -> type != key.rawType() && asServed(type, key).isPresent())
                .map(Recipes::constructorObstacle)
                .filter(obstacle -> !obstacle.isEmpty())
                .collect(Collectors.joining("; "));
        return obstacles.isEmpty() ? "none found" : "none that can be made: " + obstacles;
    }

    /** Why the key's own class can't be made; empty if it can. */
    private String obstacle(Key key) {
        Class<?> type = key.rawType();
        if (key.qualifier().isPresent() && !key.qualifier().equals(Key.qualifier(type))) {
            return Key.of(type) + " has no " + Key.describe(key.qualifier().get());
        }
        String obstacle = constructorObstacle(type);
        return obstacle.isEmpty() && isForeign(type)
                ? Key.of(type) + " is not the application's, and no annotation says how it is made"
                : obstacle;
    }

    /**
     * Whether a class is a library's and no annotation says how it is made. It may have a constructor without
     * parameters by accident, while a {@code @Bean} method was forgotten.
     */
    private boolean isForeign(Class<?> type) {
        if (isOwn(type)) {
            return false;
        }
        try {
            boolean isAnnotated = Stream.of(type.getDeclaredConstructors())
                            .anyMatch(constructor -> constructor.isAnnotationPresent(Inject.class))
                    || !Lifetime.scopes(type).isEmpty()
                    || Key.qualifier(type).isPresent()
                    || !InjectedMembers.ofObjects(type).isEmpty();
            return !isAnnotated;
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // reported when its recipe is made
        }
    }

    /** Whether a class is in the package of one of the application's classes, or below. */
    private boolean isOwn(Class<?> type) {
        String packageName = type.getPackageName() + ".";
        return Stream.concat(components.stream(), singletons.stream())
                .anyMatch(own -> own == type || packageName.startsWith(own.getPackageName() + "."));
    }

    private static String constructorObstacle(Class<?> type) {
        String name = Key.of(type).toString();
        if (type.isInterface()) {
            return name + " is an interface";
        }
        if (type.isEnum() && !type.getName().startsWith("java.")) {
            int constants = type.getEnumConstants().length;
            return constants == 1 ? "" : name + " is an enum of " + constants + " constants";
        }
        if (type.isPrimitive() || type.isArray() || type.getName().startsWith("java.")) {
            return name + " is not made by injection";
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return name + " is abstract";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return name + " is an inner class that isn't static";
        }
        if (type.isLocalClass() || type.isAnonymousClass()) {
            return name + " is declared inside a method";
        }
        try {
            return constructor(type).isPresent()
                    ? ""
                    : name + " has no @Inject constructor, nor one without parameters";
        } catch (LinkageError | TypeNotPresentException e) {
            return name + " can't be loaded: " + e;
        }
    }

    /** The constructor with {@code @Inject}, or the one without parameters. */
    private static Optional<Constructor<?>> constructor(Class<?> type) {
        List<Constructor<?>> all = Arrays.asList(type.getDeclaredConstructors());
        Optional<Constructor<?>> marked = all.stream()
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                .findFirst();
        return marked.or(() -> all.stream()
                .filter(constructor -> constructor.getParameterCount() == 0)
                .findFirst());
    }
}
