package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.util.Optional;

/**
 * Converts by a static method or a constructor. That a text is no such value, these say by an {@link IllegalArgumentException}, a
 * {@link DateTimeException} or a checked exception; any other is a fault of the program and goes on as it is.
 */
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
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable checked) {
            throw new IllegalArgumentException(checked);
        }
    }
}
