package dev.bistro.inject;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Calls a constructor or method, or sets a field, of any visibility. Members that are called once use reflection; those
 * that may be called for every request use a method handle, which takes longer to make but less to call.
 */
interface MemberInvoker {
    /** Calls it on an object, or on null if it is static or a constructor; throws what the called code throws. */
    Object invoke(Object target, Object[] arguments) throws Throwable;

    /** The invoker of a member that is called often, or once. */
    static MemberInvoker of(Member member, boolean often) {
        if (member instanceof Constructor<?> constructor) {
            constructor.setAccessible(true);
            return often ? ofHandle(member) : (target, arguments) -> thrown(() -> constructor.newInstance(arguments));
        }
        if (member instanceof Method method) {
            method.setAccessible(true);
            return often ? ofHandle(member) : (target, arguments) -> thrown(() -> method.invoke(target, arguments));
        }
        var field = (Field) member;
        field.setAccessible(true);
        return often
                ? ofHandle(member)
                : (target, arguments) -> {
                    field.set(target, arguments[0]);
                    return null;
                };
    }

    /** How many arguments it takes. */
    static int arity(Member member) {
        if (member instanceof Field) {
            return 1;
        }
        return member instanceof Constructor<?> constructor
                ? constructor.getParameterCount()
                : ((Method) member).getParameterCount();
    }

    /** A call by reflection. */
    @FunctionalInterface
    interface Reflective {
        Object call() throws ReflectiveOperationException;
    }

    private static Object thrown(Reflective reflective) throws Throwable {
        try {
            return reflective.call();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static MemberInvoker ofHandle(Member member) {
        MethodHandle handle = handle(member);
        boolean onObject = !(member instanceof Constructor) && !Modifier.isStatic(member.getModifiers());
        MethodHandle uniform = (onObject ? handle : MethodHandles.dropArguments(handle, 0, Object.class))
                .asSpreader(Object[].class, arity(member))
                .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
        return (target, arguments) -> (Object) uniform.invokeExact(target, arguments);
    }

    private static MethodHandle handle(Member member) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            if (member instanceof Constructor<?> constructor) {
                return lookup.unreflectConstructor(constructor);
            }
            return member instanceof Method method ? lookup.unreflect(method) : lookup.unreflectSetter((Field) member);
        } catch (IllegalAccessException e) {
            throw new AssertionError("It was made accessible", e);
        }
    }
}
