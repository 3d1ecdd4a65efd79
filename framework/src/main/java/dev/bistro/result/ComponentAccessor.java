package dev.bistro.result;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/** Reads a component of records of one type. */
final class ComponentAccessor {
    private final Type type;
    private final MethodHandle accessor; // (Object) → Object

    private ComponentAccessor(Type type, MethodHandle accessor) {
        this.type = type;
        this.accessor = accessor;
    }

    /**
     * The accessor of a component.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if the record's module doesn't open its package to Bistro;
     *     the message says what to write
     */
    static ComponentAccessor of(RecordComponent component) {
        Method method = component.getAccessor();
        method.setAccessible(true);
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            return new ComponentAccessor(
                    component.getGenericType(), handle.asType(MethodType.methodType(Object.class, Object.class)));
        } catch (IllegalAccessException e) {
            throw new AssertionError("It was made accessible", e);
        }
    }

    Type type() {
        return type;
    }

    /** The component's value in a record. */
    Object read(Object record) {
        try {
            return (Object) accessor.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable checked) {
            throw new IllegalStateException("The accessor of a component threw a checked exception", checked);
        }
    }
}
