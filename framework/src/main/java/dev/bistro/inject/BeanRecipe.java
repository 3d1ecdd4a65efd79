package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A {@code @Bean} method of a factory; the first dependency is the factory, unless the method is static. */
final class BeanRecipe implements Recipe {
    private final Method method;
    private final Type type;
    private final Lifetime lifetime;
    private final MemberInvoker call;
    private final boolean isStatic;
    private final List<Dependency> dependencies = new ArrayList<>();

    /** A recipe of a method that the factory's class declares or inherits. */
    BeanRecipe(Class<?> factory, ResolvedMethod bean, Lifetime lifetime) {
        this.method = bean.method();
        this.type = bean.returnType();
        this.lifetime = lifetime;
        this.call = MemberInvoker.of(method, lifetime != Lifetime.SINGLETON);
        this.isStatic = Modifier.isStatic(method.getModifiers());
        if (!isStatic) {
            dependencies.add(new Dependency(Key.of(factory), Place.of(method)));
        }
        dependencies.addAll(Dependency.of(method, bean.hierarchy()::resolve));
    }

    @Override
    public Key makes() {
        return Key.of(type, method);
    }

    @Override
    public Type declares() {
        return type;
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
    public Lifetime lifetime() {
        return lifetime;
    }

    @Override
    public Object make(Object[] arguments) throws Throwable {
        Object made = isStatic
                ? call.on(null, arguments)
                : call.on(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
        if (made == null) {
            throw new IllegalStateException("The @Bean method returned null");
        }
        return made;
    }
}
