package dev.bistro.inject;

import dev.bistro.startup.Place;
import jakarta.inject.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that is asked for at a place: one object, or a way to get at it. */
record Dependency(Key key, Holding holding, Place place) {
    /** In what a dependency is handed over. */
    enum Holding {
        /** As it is. */
        PLAIN,
        /** In a {@code Provider}, which makes it when it is asked. */
        PROVIDER,
        /** In an {@code Optional}, which is empty where nothing provides it. */
        OPTIONAL,
        /** In a {@code List}, of all that provide it. */
        LIST
    }

    static List<Dependency> of(Executable executable) {
        var dependencies = new ArrayList<Dependency>();
        for (Parameter parameter : executable.getParameters()) {
            dependencies.add(of(parameter.getParameterizedType(), parameter, Place.of(parameter)));
        }
        return dependencies;
    }

    static Dependency of(Field field) {
        return of(field.getGenericType(), field, Place.of(field));
    }

    private static Dependency of(Type type, AnnotatedElement element, Place place) {
        Key key = Key.of(type, element);
        Holding holding = holding(type);
        return holding == Holding.PLAIN
                ? new Dependency(key, holding, place)
                : new Dependency(key.withType(((ParameterizedType) type).getActualTypeArguments()[0]), holding, place);
    }

    private static Holding holding(Type type) {
        if (!(type instanceof ParameterizedType)) {
            return Holding.PLAIN;
        }
        Class<?> raw = Key.rawType(type);
        if (raw == Provider.class) {
            return Holding.PROVIDER;
        }
        if (raw == Optional.class) {
            return Holding.OPTIONAL;
        }
        return raw == List.class ? Holding.LIST : Holding.PLAIN;
    }
}
