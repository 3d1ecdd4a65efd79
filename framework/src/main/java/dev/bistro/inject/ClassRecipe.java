package dev.bistro.inject;

import dev.bistro.startup.Place;
import dev.bistro.types.Types;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A class's constructor, and then its {@code @Inject} fields and methods. */
final class ClassRecipe implements Recipe {
    private final Key key;
    private final Constructor<?> constructor;
    private final Lifetime lifetime;
    private final List<Dependency> dependencies;
    private final MemberInvoker construct;
    private final MemberCall[] members;

    /** A recipe for a class, or a generic one with its arguments. */
    ClassRecipe(Type type, Constructor<?> constructor, Lifetime lifetime) {
        Class<?> raw = Types.raw(type);
        Map<TypeVariable<?>, Type> variables = Types.variables(type);
        UnaryOperator<Type> resolve = written -> Types.resolve(written, variables);
        List<Member> injected = Members.ofObjects(raw);
        boolean often = lifetime != Lifetime.SINGLETON;
        this.key = Key.of(type, raw);
        this.constructor = constructor;
        this.lifetime = lifetime;
        this.dependencies = new ArrayList<>(Dependency.of(constructor, resolve));
        injected.forEach(member -> dependencies.addAll(MemberCall.dependencies(member, resolve)));
        this.construct = MemberInvoker.of(constructor, often);
        this.members = MemberCall.of(injected, constructor.getParameterCount(), often);
    }

    @Override
    public Key makes() {
        return key;
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
    public Lifetime lifetime() {
        return lifetime;
    }

    @Override
    public Object make(Object[] arguments) throws Throwable {
        if (members.length == 0) {
            return construct.on(null, arguments);
        }
        Object made = construct.on(null, Arrays.copyOf(arguments, constructor.getParameterCount()));
        try {
            for (MemberCall member : members) {
                member.on(made, arguments);
            }
            return made;
        } catch (Throwable e) {
            Closing.closeAlone(made); // nobody gets what was injected in part, so nobody else can close it
            throw e;
        }
    }
}
