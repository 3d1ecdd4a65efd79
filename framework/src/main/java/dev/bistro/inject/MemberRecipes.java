package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.Types;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Recipes that call constructors and methods, and set fields. Their arguments are those of all members in a row. */
final class MemberRecipes {
    private MemberRecipes() {}

    /** Calls a class's constructor, and then injects its {@code @Inject} fields and methods. */
    static Recipe ofClass(Type type, Constructor<?> constructor, Lifetime lifetime, Optional<String> library) {
        Class<?> raw = Types.raw(type);
        Map<TypeVariable<?>, Type> variables = Types.variables(type);
        UnaryOperator<Type> resolve = written -> Types.resolve(written, variables);
        List<Member> injected = InjectedMembers.ofObjects(raw);
        boolean often = lifetime != Lifetime.SINGLETON;
        List<Dependency> dependencies = new ArrayList<>(Dependency.of(constructor, resolve));
        dependencies.addAll(MemberInjection.dependencies(injected, resolve));
        int parameters = constructor.getParameterCount();
        MemberInvoker construct = MemberInvoker.of(constructor, often);
        MemberInjection[] injections = MemberInjection.of(injected, parameters, often);
        Key key = Key.of(type, raw);
        return new Recipe(
                Recipe.Kind.CLASS,
                key,
                key.type(),
                () -> Place.of(constructor),
                lifetime,
                Standing.of(raw, library),
                dependencies,
                injections.length == 0
                        ? arguments -> construct.invoke(null, arguments)
                        : arguments -> injected(
                                construct.invoke(null, Arrays.copyOf(arguments, parameters)), injections, arguments));
    }

    private static Object injected(Object made, MemberInjection[] injections, Object[] arguments) throws Throwable {
        try {
            for (MemberInjection injection : injections) {
                injection.inject(made, arguments);
            }
            return made;
        } catch (Throwable e) {
            Closer.closeAlone(made); // nobody gets an object that is injected in part, so nobody else can close it
            throw e;
        }
    }

    /** Calls a {@code @Bean} method that the factory's class declares or inherits; the factory is a dependency too. */
    static Recipe ofBean(Class<?> factory, ResolvedMethod bean, Lifetime lifetime, Optional<String> library) {
        Method method = bean.method();
        MemberInvoker invoker = MemberInvoker.of(method, lifetime != Lifetime.SINGLETON);
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        var dependencies = new ArrayList<Dependency>();
        if (!isStatic) {
            dependencies.add(new Dependency(Key.of(factory), Place.of(method)));
        }
        dependencies.addAll(Dependency.of(method, bean.hierarchy()::resolve));
        return new Recipe(
                Recipe.Kind.BEAN,
                Key.of(bean.returnType(), method),
                bean.returnType(),
                () -> Place.of(method),
                lifetime,
                Standing.of(method, library),
                dependencies,
                arguments -> {
                    Object made = isStatic
                            ? invoker.invoke(null, arguments)
                            : invoker.invoke(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
                    if (made == null) {
                        throw new IllegalStateException("The @Bean method returned null");
                    }
                    return made;
                });
    }

    /** Injects a class's static {@code @Inject} members, once. */
    static Recipe ofStaticMembers(Class<?> declaring, List<Member> injected) {
        MemberInjection[] injections = MemberInjection.of(injected, 0, false);
        Key key = Key.of(declaring);
        return new Recipe(
                Recipe.Kind.STATIC_MEMBERS,
                key,
                key.type(),
                () -> new Place("the static members of " + Place.of(declaring)),
                Lifetime.SINGLETON,
                Standing.USUAL,
                MemberInjection.dependencies(injected, UnaryOperator.identity()),
                arguments -> {
                    for (MemberInjection injection : injections) {
                        injection.inject(null, arguments);
                    }
                    return declaring;
                });
    }
}
