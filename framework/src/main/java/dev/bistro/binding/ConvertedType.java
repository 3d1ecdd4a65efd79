package dev.bistro.binding;

import dev.bistro.http.Converter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the {@code T} of a {@code Converter<T>}, wherever in its ancestry it is said. */
final class ConvertedType {
    private ConvertedType() {}

    /** The type that a class or a declared type converts to; empty if it doesn't say, as a lambda's class. */
    static Optional<Type> of(Type converter) {
        return find(converter, Map.of());
    }

    private static Optional<Type> find(Type type, Map<TypeVariable<?>, Type> known) {
        if (type instanceof Class<?> c) {
            return findAbove(c, Map.of());
        }
        if (!(type instanceof ParameterizedType p)) {
            return Optional.empty();
        }
        Type[] arguments = p.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = known.getOrDefault(arguments[i], arguments[i]);
        }
        Class<?> raw = (Class<?>) p.getRawType();
        if (raw == Converter.class) {
            return Optional.of(arguments[0]).filter(t -> t instanceof Class || t instanceof ParameterizedType);
        }
        var inner = new HashMap<TypeVariable<?>, Type>();
        for (int i = 0; i < arguments.length; i++) {
            inner.put(raw.getTypeParameters()[i], arguments[i]);
        }
        return findAbove(raw, inner);
    }

    private static Optional<Type> findAbove(Class<?> type, Map<TypeVariable<?>, Type> known) {
        for (Type parent : type.getGenericInterfaces()) {
            Optional<Type> found = find(parent, known);
            if (found.isPresent()) {
                return found;
            }
        }
        return type.getSuperclass() == null ? Optional.empty() : find(type.getGenericSuperclass(), known);
    }
}
