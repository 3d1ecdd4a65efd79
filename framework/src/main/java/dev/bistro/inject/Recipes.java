package dev.bistro.inject;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Primary;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import dev.bistro.types.Hierarchy;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.Types;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the recipe for a key. It tries in this order: a binding of exactly that key, the one with {@code @Primary}, a
 * {@code @Bean} method of exactly that key, the constructor of the key's own class, and the only one of all bindings,
 * {@code @Bean} methods and classes of the application that have a subtype of the key's type. What libraries bring is
 * looked at in the same order, and only if the application has nothing.
 */
final class Recipes {
    private final AnnotationAudit audit;
    private Problems problems;
    private final Map<Key, Recipe> bindings = new LinkedHashMap<>();
    private final List<Recipe> beans = new ArrayList<>();
    private final List<Class<?>> components = new ArrayList<>();
    private final Set<Class<?>> singletons = new HashSet<>();
    private final Set<Class<?>> irreplaceable = new HashSet<>();
    private final Map<Type, Recipe> classes = new HashMap<>();
    private final List<Class<?>> singletonTypes = new ArrayList<>();
    private final Map<Class<?>, String> libraries = new HashMap<>();
    private final Set<Class<?>> unmade = new HashSet<>();
    private final Set<Class<?>> leftOut = new HashSet<>();
    private Consumer<Class<?>> classCheck = type -> {};

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

    /** Binds a type whose object isn't made, with any qualifier. */
    void bindUnmade(Class<?> type) {
        unmade.add(type);
        bind(Recipe.ofInstance(Key.of(type), null));
    }

    /** What is bound so far. */
    Map<Key, Recipe> bindings() {
        return new LinkedHashMap<>(bindings);
    }

    /**
     * What the application itself declares to be the object of a key, though something else is bound to it: its
     * {@code @Bean} methods, and classes with {@code @Primary}.
     */
    Stream<Recipe> declaredFor(Key key) {
        Stream<Recipe> primary = components.stream()
                .filter(type -> type.isAnnotationPresent(Primary.class)
                        && obstacle(type).isEmpty())
                .filter(type -> Types.serves(type, key.type()))
                .map(this::ofClass);
        return Stream.concat(beans.stream().filter(bean -> serves(bean, key)), primary)
                .filter(recipe -> recipe.standing().library().isEmpty())
                .filter(recipe -> recipe.key().qualifier().equals(key.qualifier()));
    }

    /** Adds a class that is a singleton, whatever its annotations say. */
    void addSingleton(Class<?> type) {
        singletons.add(type);
    }

    /**
     * Adds a class whose own object is meant by its name, never that of a subclass: a controller, or the factory of a
     * {@code @Bean} method.
     */
    void addIrreplaceable(Class<?> type) {
        addSingleton(type);
        irreplaceable.add(type);
    }

    /** Adds a type for which a {@code @Bean} method without a scope makes a singleton; before the components. */
    void addSingletonType(Class<?> type) {
        singletonTypes.add(type);
    }

    /** Sets which classes are of which library; before the components. */
    void setLibraries(Map<Class<?>, String> ofClasses) {
        libraries.putAll(ofClasses);
    }

    /** Sets classes of which no object is made. */
    void leaveOut(Collection<Class<?>> types) {
        leftOut.addAll(types);
    }

    /** Sets what looks at each class of which objects are made. */
    void onClass(Consumer<Class<?>> check) {
        classCheck = check;
    }

    private Optional<String> library(Class<?> type) {
        return Optional.ofNullable(libraries.get(type));
    }

    void addComponents(Collection<Class<?>> types) {
        audit.addFactories(types);
        for (Class<?> type : types) {
            if (audit.check(type)) {
                components.add(type);
                classCheck.accept(type);
                addBeans(type);
            }
        }
    }

    private void addBeans(Class<?> type) {
        if (type.isAnnotationPresent(Factory.class)) {
            addIrreplaceable(type);
            Hierarchy hierarchy = Hierarchy.of(type);
            var methods = new ArrayList<>(hierarchy.methods());
            methods.sort(Hierarchy.BY_NAME);
            for (Method method : methods) {
                var bean = new ResolvedMethod(hierarchy, method);
                if (isBeanOf(type, method) && audit.isBean(bean)) {
                    beans.add(MemberRecipes.ofBean(type, bean, lifetime(bean), library(type)));
                }
            }
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
        if (written == Lifetime.UNSCOPED) {
            for (Class<?> type : singletonTypes) {
                if (type.isAssignableFrom(made)) {
                    return Lifetime.SINGLETON;
                }
            }
        }
        return written;
    }

    /** The keys of everything that the application declares as singleton: {@code @Bean} methods, then classes. */
    List<Key> declaredSingletons() {
        var keys = new ArrayList<Key>();
        for (Recipe bean : beans) {
            if (bean.lifetime() == Lifetime.SINGLETON) {
                keys.add(bean.key());
            }
        }
        for (Class<?> type : components) {
            if (Lifetime.of(type) == Lifetime.SINGLETON) {
                keys.add(Key.of(type, type));
            }
        }
        return keys;
    }

    /** The recipes for one object of a key; it is ambiguous if there are several. */
    Candidates find(Key key) {
        Recipe binding = bindings.get(key);
        if (binding == null && unmade.contains(key.rawType())) {
            binding = Recipe.ofInstance(key, null);
        }
        if (binding != null) {
            return new Candidates(List.of(binding), List.of());
        }
        var all = new ArrayList<Recipe>();
        for (Recipe recipe : serving(key)) {
            if (recipe.key().qualifier().equals(key.qualifier())
                    && (recipe.key().equals(key) || !irreplaceable.contains(key.type()))) {
                all.add(recipe);
            }
        }
        List<Recipe> own = chosen(key, all, false);
        List<Recipe> found = own.isEmpty() ? chosen(key, all, true) : own;
        return new Candidates(found, found.size() == 1 ? List.of() : tried(key, found.size()));
    }

    /** The nearest of those that the application has, or of those that libraries have. */
    private static List<Recipe> chosen(Key key, List<Recipe> all, boolean ofLibraries) {
        var among = new ArrayList<Recipe>();
        for (Recipe recipe : all) {
            if (recipe.standing().library().isPresent() == ofLibraries) {
                among.add(recipe);
            }
        }
        if (among.size() < 2) {
            return among;
        }
        Predicate<Recipe> isExact = recipe -> recipe.key().equals(key);
        return Stream.<Predicate<Recipe>>of(
                        recipe -> recipe.standing().isPrimary(),
                        isExact.and(recipe -> recipe.kind() == Recipe.Kind.BEAN),
                        isExact)
                .map(rule -> among.stream().filter(rule).toList())
                .filter(nearest -> !nearest.isEmpty())
                .findFirst()
                .orElse(among);
    }

    /**
     * All recipes for a list of a key's objects, by priority; if the key has no qualifier, with any qualifier or none.
     */
    List<Recipe> findAll(Key key) {
        var all = new ArrayList<Recipe>();
        for (Recipe recipe : serving(key)) {
            if (key.qualifier().isEmpty() || recipe.key().qualifier().equals(key.qualifier())) {
                all.add(recipe);
            }
        }
        all.sort(Comparator.comparingInt(recipe -> recipe.standing().priority()));
        return List.copyOf(all);
    }

    /**
     * The recipes for a map of a key's objects by the names of their {@code @Named}, by priority. There are several for
     * a name if nothing says which is meant.
     */
    Map<String, List<Recipe>> findNamed(Key key) {
        var named = new LinkedHashMap<String, List<Recipe>>();
        findAll(key)
                .forEach(recipe -> recipe.key()
                        .qualifier()
                        .filter(Named.class::isInstance)
                        .ifPresent(qualifier -> named.computeIfAbsent(
                                ((Named) qualifier).value(),
                                name -> find(new Key(key.type(), Optional.of(qualifier)))
                                        .recipes())));
        return named;
    }

    /** Bindings in their order, then {@code @Bean} methods, whose type is the key's type or a subtype. */
    List<Recipe> besidesClasses(Key key) {
        var all = new ArrayList<Recipe>();
        for (Recipe binding : bindings.values()) {
            if (serves(binding, key)) {
                all.add(binding);
            }
        }
        for (Recipe bean : beans) {
            if (!bindings.containsKey(bean.key()) && serves(bean, key)) {
                all.add(bean);
            }
        }
        return all;
    }

    /** The binding or the {@code @Bean} methods of exactly this key; a {@code List} may be provided as a whole. */
    List<Recipe> exact(Key key) {
        Recipe binding = bindings.get(key);
        if (binding != null) {
            return List.of(binding);
        }
        var exact = new ArrayList<Recipe>();
        for (Recipe bean : beans) {
            if (bean.key().equals(key)) {
                exact.add(bean);
            }
        }
        return exact;
    }

    /**
     * Bindings in their order, then {@code @Bean} methods and classes, each in the order in which they were added, with
     * the key's type or a subtype; and the key's own class, if nothing stands for exactly that.
     */
    private Set<Recipe> serving(Key key) {
        var all = new LinkedHashSet<Recipe>(besidesClasses(key));
        for (Class<?> component : components) {
            Optional<Type> type = asServed(component, key);
            if (type.isPresent() && obstacle(Types.raw(type.get())).isEmpty()) {
                List<Recipe> instead = exact(Key.of(type.get(), Types.raw(type.get())));
                all.addAll(instead.isEmpty() ? List.of(ofClass(type.get())) : instead);
            }
        }
        if (exact(key).isEmpty() && obstacle(key).isEmpty()) {
            all.add(ofClass(key.type()));
        }
        return all;
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
        classCheck.accept(raw);
        if (raw.isEnum()) {
            return Recipe.ofEnumConstant(Key.of(type, raw), raw.getEnumConstants()[0], Standing.of(raw, library(raw)));
        }
        Lifetime lifetime = singletons.contains(raw) ? Lifetime.SINGLETON : Lifetime.of(raw);
        try {
            return MemberRecipes.ofClass(type, Constructors.of(raw).orElseThrow(), lifetime, library(raw));
        } catch (LinkageError | TypeNotPresentException e) {
            problems.add(Unloadable.problem(raw.getName(), e));
            return Recipe.unloadable(Key.of(type, raw));
        }
    }

    private List<String> tried(Key key, int found) {
        String obstacle = obstacle(key);
        var lines = new ArrayList<String>();
        String single = found > 0 ? found + " found" : noneThatCanBeMade(key);
        lines.add("Tried: a binding (none), a @Bean method (none), an @Inject constructor (" + obstacle
                + "), a single implementation (" + single + ")");
        String others = serving(key).stream()
                .filter(recipe -> !recipe.key().qualifier().equals(key.qualifier()))
                .map(Recipe::described)
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
                .map(this::obstacle)
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
        String obstacle = obstacle(type);
        return obstacle.isEmpty() && isForeign(type)
                ? Key.of(type) + " is not the application's, and no annotation says how it is made"
                : obstacle;
    }

    private String obstacle(Class<?> type) {
        return leftOut.contains(type) ? Key.of(type) + " is left out: without(…)" : Constructors.obstacle(type);
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
            boolean isAnnotated = hasInjectConstructor(type)
                    || !Lifetime.scopes(type).isEmpty()
                    || Key.qualifier(type).isPresent()
                    || !InjectedMembers.ofObjects(type).isEmpty();
            return !isAnnotated;
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // reported when its recipe is made
        }
    }

    private static boolean hasInjectConstructor(Class<?> type) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a class is in the package of one of the application's classes, or below. */
    private boolean isOwn(Class<?> type) {
        return isNear(type, components) || isNear(type, singletons);
    }

    private static boolean isNear(Class<?> type, Collection<Class<?>> all) {
        String packageName = type.getPackageName() + ".";
        for (Class<?> own : all) {
            if (own == type || packageName.startsWith(own.getPackageName() + ".")) {
                return true;
            }
        }
        return false;
    }
}
