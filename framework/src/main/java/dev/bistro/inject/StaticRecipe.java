package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A class's static {@code @Inject} members, which are injected once: what it makes is the class as it is then. */
final class StaticRecipe implements Recipe {
    private final Class<?> declaring;
    private final List<Dependency> dependencies = new ArrayList<>();
    private final MemberCall[] members;

    StaticRecipe(Class<?> declaring, List<Member> injected) {
        this.declaring = declaring;
        injected.forEach(member -> dependencies.addAll(MemberCall.dependencies(member, UnaryOperator.identity())));
        this.members = MemberCall.of(injected, 0, false);
    }

    @Override
    public Key makes() {
        return Key.of(declaring);
    }

    @Override
    public Place place() {
        return new Place("the static members of " + Place.of(declaring));
    }

    @Override
    public List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public Lifetime lifetime() {
        return Lifetime.SINGLETON;
    }

    @Override
    public Object make(Object[] arguments) throws Throwable {
        for (MemberCall member : members) {
            member.on(null, arguments);
        }
        return declaring;
    }
}
