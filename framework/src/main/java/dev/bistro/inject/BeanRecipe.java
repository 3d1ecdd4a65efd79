package dev.bistro.inject;

import dev.bistro.startup.Place;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** A {@code @Bean} method of a factory; the first dependency is the factory. */
final class BeanRecipe implements Recipe {
    private final Method method;
    private final List<Dependency> dependencies = new ArrayList<>();

    BeanRecipe(Class<?> factory, Method method) {
        this.method = method;
        method.setAccessible(true);
        dependencies.add(new Dependency(Key.of(factory), Dependency.Holding.PLAIN, Place.of(method)));
        dependencies.addAll(Dependency.of(method));
    }

    @Override
    public Key makes() {
        return Key.of(method.getGenericReturnType(), method);
    }

    @Override
    public Place place() {
        return Place.of(method);
    }

    @Override
    public List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public boolean isSingleton() {
        return method.isAnnotationPresent(Singleton.class);
    }

    @Override
    public Object make(Object[] arguments) throws Throwable {
        try {
            Object made = method.invoke(
                    arguments[0],
                    List.of(arguments).subList(1, arguments.length).toArray());
            if (made == null) {
                throw new IllegalStateException("It returned null");
            }
            return made;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
