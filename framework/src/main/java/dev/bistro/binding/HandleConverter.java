package dev.bistro.binding;

import dev.bistro.body.ClientFault;
import dev.bistro.http.Converter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;

/** Converts by a static method or a constructor. */
record HandleConverter(MethodHandle handle) implements Converter<Object> {
    private static final MethodType SHAPE = MethodType.methodType(Object.class, String.class);

    /** Calls a static method; empty if it can't be reached. */
    static Optional<HandleConverter> of(Method method) {
        return method.trySetAccessible() ? Optional.of(shaped(() -> lookup().unreflect(method))) : Optional.empty();
    }

    /** Calls a constructor; empty if it can't be reached. */
    static Optional<HandleConverter> of(Constructor<?> constructor) {
        return constructor.trySetAccessible()
                ? Optional.of(shaped(() -> lookup().unreflectConstructor(constructor)))
                : Optional.empty();
    }

    private interface Reflected {
        MethodHandle handle() throws IllegalAccessException;
    }

    private static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    private static HandleConverter shaped(Reflected reflected) {
        try {
            return new HandleConverter(reflected.handle().asType(SHAPE));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("What was made accessible is not", e);
        }
    }

    @Override
    public Object convert(String text) {
        try {
            return (Object) handle.invokeExact(text);
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable checked) {
            throw ClientFault.is(checked)
                    ? new IllegalArgumentException(checked)
                    : new IllegalStateException("A conversion threw what isn't about the text", checked);
        }
    }
}
