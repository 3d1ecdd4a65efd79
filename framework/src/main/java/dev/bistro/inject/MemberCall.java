package dev.bistro.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** An {@code @Inject} member, and where its arguments are among all that its recipe takes. */
record MemberCall(MemberInvoker call, int from, int to) {
    /** Calls of members, whose arguments begin at an index. */
    static MemberCall[] of(List<Member> members, int first, boolean often) {
        var calls = new MemberCall[members.size()];
        int next = first;
        for (int i = 0; i < calls.length; i++) {
            int end = next + MemberInvoker.arity(members.get(i));
            calls[i] = new MemberCall(MemberInvoker.of(members.get(i), often), next, end);
            next = end;
        }
        return calls;
    }

    /** What a member takes. */
    static List<Dependency> dependencies(Member member, UnaryOperator<Type> resolve) {
        return member instanceof Field field
                ? List.of(Dependency.of(field, resolve))
                : Dependency.of((Executable) member, resolve);
    }

    void on(Object target, Object[] all) throws Throwable {
        call.on(target, Arrays.copyOfRange(all, from, to));
    }
}
