package dev.bistro.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Injects an {@code @Inject} member. Its arguments are a part of all those of its recipe: from an index, to another.
 */
record MemberInjection(MemberInvoker invoker, int from, int to) {
    /** Those of members, in their order; the arguments of the first begin at an index. */
    static MemberInjection[] of(List<Member> members, int first, boolean often) {
        var injections = new MemberInjection[members.size()];
        int next = first;
        for (int i = 0; i < injections.length; i++) {
            int end = next + MemberInvoker.arity(members.get(i));
            injections[i] = new MemberInjection(MemberInvoker.of(members.get(i), often), next, end);
            next = end;
        }
        return injections;
    }

    /** The dependencies of members, in their order. */
    static List<Dependency> dependencies(List<Member> members, UnaryOperator<Type> resolve) {
        return members.stream()
                .flatMap(member -> dependencies(member, resolve).stream())
                .toList();
    }

    private static List<Dependency> dependencies(Member member, UnaryOperator<Type> resolve) {
        return member instanceof Field field
                ? List.of(Dependency.of(field, resolve))
                : Dependency.of((Executable) member, resolve);
    }

    void inject(Object target, Object[] all) throws Throwable {
        invoker.invoke(target, Arrays.copyOfRange(all, from, to));
    }
}
