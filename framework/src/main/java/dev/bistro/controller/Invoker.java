package dev.bistro.controller;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.UnaryOperator;

/** Calls one method of one object; which one is decided at startup. */
final class Invoker {
    private static final MethodHandle STEP = step();

    private final MethodHandle handle; // (Object[]) → Object

    private Invoker(MethodHandle handle) {
        this.handle = handle;
    }

    private static MethodHandle step() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(UnaryOperator.class, "apply", MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("UnaryOperator has its method", e);
        }
    }

    /**
     * An invoker for a method, which may be of any visibility.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if the method's module doesn't open its package to Bistro; the message says
     *     what to write
     */
    static Invoker of(Object controller, Method method) {
        method.setAccessible(true);
        try {
            MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(controller);
            return new Invoker(bound.asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class)));
        } catch (IllegalAccessException e) {
            throw new AssertionError("It was made accessible", e);
        }
    }

    /** This, with the arguments as a step gives them back, which may throw. */
    Invoker after(UnaryOperator<Object[]> step) {
        return new Invoker(MethodHandles.filterArguments(
                handle, 0, STEP.bindTo(step).asType(MethodType.methodType(Object[].class, Object[].class))));
    }

    Object invoke(Object[] arguments) throws Throwable {
        return (Object) handle.invokeExact(arguments);
    }
}
