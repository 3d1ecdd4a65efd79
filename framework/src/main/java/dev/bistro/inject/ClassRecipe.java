package dev.bistro.inject;

import dev.bistro.startup.Place;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A class's constructor, and then its {@code @Inject} fields and methods, those of superclasses first. */
final class ClassRecipe implements Recipe {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final boolean singleton;
    private final List<Field> fields = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();

    ClassRecipe(Class<?> type, Constructor<?> constructor, boolean root) {
        this.type = type;
        this.constructor = constructor;
        this.singleton = root || type.isAnnotationPresent(Singleton.class);
        constructor.setAccessible(true);
        dependencies.addAll(Dependency.of(constructor));
        addMembers(type);
    }

    private void addMembers(Class<?> declaring) {
        if (declaring == null || declaring == Object.class) {
            return;
        }
        addMembers(declaring.getSuperclass());
        for (Field field : declaring.getDeclaredFields()) {
            if (field.isAnnotationPresent(Inject.class) && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(field);
                dependencies.add(Dependency.of(field));
            }
        }
        for (Method method : declaring.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Inject.class) && !Modifier.isStatic(method.getModifiers())) {
                method.setAccessible(true);
                methods.add(method);
                dependencies.addAll(Dependency.of(method));
            }
        }
    }

    @Override
    public Key makes() {
        return Key.of(type, type);
    }

    @Override
    public Place place() {
        return Place.of(constructor);
    }

    @Override
    public List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public boolean isSingleton() {
        return singleton;
    }

    @Override
    public Object make(Object[] arguments) throws Throwable {
        try {
            int next = constructor.getParameterCount();
            Object made = constructor.newInstance(Arrays.copyOf(arguments, next));
            for (Field field : fields) {
                field.set(made, arguments[next++]);
            }
            for (Method method : methods) {
                int end = next + method.getParameterCount();
                method.invoke(made, Arrays.copyOfRange(arguments, next, end));
                next = end;
            }
            return made;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
