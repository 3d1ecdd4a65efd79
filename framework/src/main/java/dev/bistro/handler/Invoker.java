package dev.bistro.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** Calls one method of one object, both chosen at startup. */
public final class Invoker {
    private final MethodHandle handle; // (Object[]) → Object

    private Invoker(MethodHandle handle) {
        this.handle = handle;
    }

    /**
     * An invoker for a method of any visibility.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if the method's module doesn't open its package to Bistro;
     *     the message says what to write
     */
    public static Invoker of(Object object, Method method) {
        method.setAccessible(true);
        try {
            MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(object);
            return new Invoker(bound.asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class)));
        } catch (IllegalAccessException e) {
            throw new AssertionError("setAccessible was called", e);
        }
    }

    public Object invoke(Object[] arguments) throws Throwable {
        return (Object) handle.invokeExact(arguments);
    }
}
