package dev.bistro.inject;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All ways to make objects that an application has. For a key they are tried in this order: a binding, a factory's method, the class's own
 * constructor, the implementations among the application's classes.
 */
final class Recipes {
    private final Map<Key, Recipe> bindings = new HashMap<>();
    private final List<BeanRecipe> beans = new ArrayList<>();
    private final List<Class<?>> components = new ArrayList<>();
    private final Set<Class<?>> roots = new HashSet<>();
    private final Map<Class<?>, ClassRecipe> classes = new HashMap<>();

    /** What was found for a key, and what was tried for it, in words. */
    record Found(List<Recipe> recipes, String tried) {}

    void bind(Key key, Object instance) {
        bindings.put(key, new InstanceRecipe(key, instance));
    }

    void addRoot(Class<?> type) {
        roots.add(type);
    }

    void addComponents(Collection<Class<?>> types) {
        for (Class<?> type : types) {
            components.add(type);
            if (type.isAnnotationPresent(Factory.class)) {
                Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Bean.class))
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .forEach(method -> beans.add(new BeanRecipe(type, method)));
            }
        }
    }

    /** Whatever provides one object for the key; several are too many. */
    Found find(Key key) {
        Recipe binding = bindings.get(key);
        if (binding != null) {
            return new Found(List.of(binding), "");
        }
        List<Recipe> made = beans(key);
        if (!made.isEmpty()) {
            return new Found(made, "");
        }
        String obstacle = obstacle(key);
        if (obstacle.isEmpty()) {
            return new Found(List.of(recipe(key.rawType())), "");
        }
        List<Recipe> implementations = implementations(key);
        String single = implementations.isEmpty() ? "none found" : implementations.size() + " found";
        return new Found(
                implementations,
                "Tried: a binding (none), a @Bean method (none), an @Inject constructor (" + obstacle
                        + "), a single implementation (" + single + ")");
    }

    /** Everything that provides an object for the key, as a list holds it. */
    List<Recipe> findAll(Key key) {
        var all = new ArrayList<Recipe>();
        Recipe binding = bindings.get(key);
        if (binding != null) {
            all.add(binding);
        }
        all.addAll(beans(key));
        if (obstacle(key).isEmpty()) {
            all.add(recipe(key.rawType()));
        }
        all.addAll(implementations(key));
        return all;
    }

    private List<Recipe> beans(Key key) {
        List<Recipe> exact = beans.stream()
                .filter(bean -> bean.makes().equals(key))
                .map(Recipe.class::cast)
                .toList();
        return exact.isEmpty() && key.type() instanceof Class<?>
                ? beans.stream()
                        .filter(bean -> matches(key, bean.makes().rawType(), bean.makes()))
                        .map(Recipe.class::cast)
                        .toList()
                : exact;
    }

    private List<Recipe> implementations(Key key) {
        return components.stream()
                .filter(type -> type != key.rawType() && matches(key, type, Key.of(type, type)))
                .filter(type -> constructorObstacle(type).isEmpty())
                .map(type -> (Recipe) recipe(type))
                .toList();
    }

    private static boolean matches(Key key, Class<?> type, Key provided) {
        return key.rawType().isAssignableFrom(type)
                && (key.qualifier().isEmpty() || key.qualifier().equals(provided.qualifier()));
    }

    private ClassRecipe recipe(Class<?> type) {
        return classes.computeIfAbsent(
                type, t -> new ClassRecipe(t, constructor(t).orElseThrow(), roots.contains(t)));
    }

    /** Why the key's own class can't be made; empty if it can. */
    private static String obstacle(Key key) {
        Class<?> type = key.rawType();
        if (key.qualifier().isPresent() && !key.qualifier().equals(Key.qualifier(type))) {
            return Key.of(type) + " has no " + Key.describe(key.qualifier().get());
        }
        return constructorObstacle(type);
    }

    private static String constructorObstacle(Class<?> type) {
        String name = Key.of(type).toString();
        if (type.isInterface()) {
            return name + " is an interface";
        }
        if (type.isPrimitive()
                || type.isArray()
                || type.isEnum()
                || type.getName().startsWith("java.")) {
            return name + " is not made by injection";
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return name + " is abstract";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return name + " is an inner class that isn't static";
        }
        if (injectConstructors(type).size() > 1) {
            return name + " has several";
        }
        return constructor(type).isPresent() ? "" : name + " has none, nor one without parameters";
    }

    private static List<Constructor<?>> injectConstructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                .toList();
    }

    private static Optional<Constructor<?>> constructor(Class<?> type) {
        List<Constructor<?>> marked = injectConstructors(type);
        return !marked.isEmpty()
                ? Optional.of(marked.get(0))
                : Arrays.stream(type.getDeclaredConstructors())
                        .filter(constructor -> constructor.getParameterCount() == 0)
                        .findFirst();
    }
}
